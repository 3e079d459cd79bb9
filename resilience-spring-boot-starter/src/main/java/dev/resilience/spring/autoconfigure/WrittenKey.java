package dev.resilience.spring.autoconfigure;

import dev.resilience.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A property's name as somebody wrote it, taken apart: {@code resilience.breakers[order_history].exceptions.record[0]}.
 *
 * @param elements what is between dots or in brackets, as written, without the first
 */
record WrittenKey(List<String> elements) {

    /** Returns whether a property's name begins with {@code resilience}, in any spelling. */
    static boolean isOurs(String property) {
        String first = property.split("[.\\[]", 2)[0];
        return Name.canonical(first).equals(KnownKeys.ROOT);
    }

    /** Takes a property's name apart. */
    static WrittenKey of(String property) {
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        boolean inBrackets = false;
        for (int i = 0; i < property.length(); i++) {
            char letter = property.charAt(i);
            boolean ends = inBrackets ? letter == ']' : letter == '.' || letter == '[';
            if (!ends) {
                element.append(letter);
                continue;
            }
            if (!element.isEmpty()) {
                elements.add(element.toString());
                element.setLength(0);
            }
            inBrackets = letter == '[';
        }
        if (!element.isEmpty()) {
            elements.add(element.toString());
        }
        return new WrittenKey(List.copyOf(elements.subList(1, elements.size())));
    }

    /** Returns how many elements there are. */
    int size() {
        return elements.size();
    }

    /** Returns an element as written. */
    String element(int index) {
        return elements.get(index);
    }

    /** Returns whether the last element is the place of a value in a list. */
    boolean endsWithIndex() {
        return size() > 0 && element(size() - 1).chars().allMatch(Character::isDigit);
    }

    /** Returns the elements from one on, as written. */
    String from(int start) {
        return String.join(".", elements.subList(start, size()));
    }

    /** Returns the elements from one to before another, each in canonical form. */
    String canonical(int start, int end) {
        return elements.subList(start, end).stream().map(Name::canonical).collect(Collectors.joining("."));
    }
}
