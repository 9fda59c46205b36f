package io.provision.plan;

import java.util.Optional;

/**
 * Keeps one of texts that are equal: what is read of ten thousand instances says each name a hundred times over. Knows
 * the latest ones alone, so that it takes no room itself.
 */
public final class SameTexts {

    private static final int KNOWN = 1 << 14;

    private final String[] known = new String[KNOWN];

    /** @return an equal text, as a rule the one that was given before */
    public String one(String text) {
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 16) & KNOWN - 1;
        if (!text.equals(known[place])) {
            known[place] = text;
        }
        return known[place];
    }

    public Optional<String> one(Optional<String> text) {
        return text.map(this::one);
    }
}
