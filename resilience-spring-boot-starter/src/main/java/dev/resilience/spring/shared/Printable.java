package dev.resilience.spring.shared;

/** Text that cannot rearrange what a reader of a log or a message sees. */
final class Printable {

    private Printable() {}

    static boolean isPrintable(String text) {
        return text.codePoints().noneMatch(Printable::isUnprintable);
    }

    /** Returns a text with a blank for each character that is not printable. */
    static String blanked(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().map(each -> isUnprintable(each) ? ' ' : each).forEach(printable::appendCodePoint);
        return printable.toString();
    }

    /** Marks of direction and separators of lines besides control characters; half a surrogate pair has no UTF-8. */
    private static boolean isUnprintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
