package dev.resilience;

import org.jspecify.annotations.Nullable;

/**
 * The class of a caller, as customers and background work are: what the shares of a bulkhead are given to.
 *
 * <pre>{@code
 * try (Criticality.Scope scope = Criticality.of("customer").open()) {
 *     payments.pay(order);
 * }
 * }</pre>
 *
 * <p>Named as guards are (see {@link Name}), and compared in the same form. A criticality belongs to a thread for the time of a scope;
 * an inner scope replaces the outer one. Immutable.
 */
public final class Criticality {

    /** The key of the criticality wherever a context is a map: Reactor's, Micrometer's, the attributes of a request. */
    public static final String CONTEXT_KEY = "dev.resilience.criticality";

    private static final ThreadLocal<@Nullable Criticality> CURRENT = new ThreadLocal<>();

    /** Whether any thread ever had a criticality; as in {@link Deadline}, neither volatile nor locked. */
    private static boolean isUsed;

    private final String name;
    private final String canonical;

    private Criticality(Name name) {
        this.name = name.text();
        this.canonical = name.canonical();
    }

    /**
     * Returns the criticality of a name.
     *
     * @throws InvalidSettingException if it is no name
     */
    public static Criticality of(String name) {
        return new Criticality(Name.of(name));
    }

    /** Returns the criticality of the calling thread, or null if it has none. */
    public static @Nullable Criticality current() {
        return isUsed ? CURRENT.get() : null;
    }

    /** Makes this the criticality of the calling thread until the scope is closed on the same thread. */
    public Scope open() {
        Criticality outer = current();
        restore(this);
        return new Scope(outer);
    }

    /**
     * Sets the criticality of the calling thread, whatever it was: for who carries it from one thread to another.
     *
     * @param criticality null: none
     */
    public static void restore(@Nullable Criticality criticality) {
        if (criticality == null) {
            CURRENT.remove();
        } else {
            isUsed = true;
            CURRENT.set(criticality);
        }
    }

    /** Returns the name as it was spelt. */
    public String name() {
        return name;
    }

    /** Returns the form in which criticalities are compared: lower case, letters and digits only. */
    public String canonical() {
        return canonical;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Criticality that && canonical.equals(that.canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }

    /** A stretch of code that has a criticality; closed on the thread that opened it, inner scopes first. */
    public static final class Scope implements AutoCloseable {

        private final @Nullable Criticality outer;

        private Scope(@Nullable Criticality outer) {
            this.outer = outer;
        }

        /** Gives the thread the criticality back that it had before. */
        @Override
        public void close() {
            restore(outer);
        }
    }
}
