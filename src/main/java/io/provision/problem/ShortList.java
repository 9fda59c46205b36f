package io.provision.problem;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names in a sentence: the first few, and how many others there are. Of a thousand nobody reads a thousand. */
public final class ShortList {

    private static final int FEW = 5;

    private ShortList() {}

    /** As {@code a, b, c, d, e and 7 more}. */
    public static String of(Collection<String> names) {
        return of(names, FEW);
    }

    /** @param most how many are named */
    public static String of(Collection<String> names, int most) {
        String first = names.stream().limit(most).collect(Collectors.joining(", "));
        return names.size() <= most ? first : "%s and %d more".formatted(first, names.size() - most);
    }
}
