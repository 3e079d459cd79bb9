package dev.resilience.spring.shared;

/** Something in the store or in a message that no node of the fleet would have written. */
final class InvalidStoreDataException extends RuntimeException {

    private static final int SHOWN = 64;

    InvalidStoreDataException(String field, String value) {
        super("Field '%s' is not usable: '%s'".formatted(printable(field), printable(value)));
    }

    /** Keeps a stranger's text from filling a log or adding lines to it. */
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(SHOWN)
                .map(each -> each >= ' ' && each <= '~' ? each : '?')
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
