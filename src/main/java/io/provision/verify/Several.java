package io.provision.verify;

import java.util.LinkedHashSet;
import java.util.Set;

/** Sentences that are told together; the first few of them. */
final class Several {

    private static final int TOLD = 3;

    private final Set<String> first = new LinkedHashSet<>();
    private int others;

    void add(String sentence) {
        if (first.size() < TOLD) {
            first.add(sentence);
        } else if (!first.contains(sentence)) {
            others++;
        }
    }

    String told() {
        String told = String.join("; ", first);
        return others == 0 ? told : told + "; and %d more".formatted(others);
    }
}
