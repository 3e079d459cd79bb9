package dev.resilience.benchmarks.report;

/** What a call goes through; the benchmarks of each are in a package of its own. */
enum Layer {
    /** A bean's proxy. */
    ANNOTATION("core"),

    /** No framework. */
    CORE("annotation");

    private final String other;

    Layer(String other) {
        this.other = other;
    }

    /** Returns a regular expression for the names of the benchmarks that do not belong to it. */
    String others() {
        return "\\.benchmarks\\." + other + "\\.";
    }
}
