package io.provision.plan.acl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A pattern of keys or channels, as a server matches it ({@code stringmatchlen} in Redis' {@code util.c}): byte by
 * byte, case-sensitive, with {@code *}, {@code ?}, {@code [a-z]}, {@code [^a]} and the backslash.
 */
public final class KeyGlob {

    private static final int BYTES = 256;

    /** Stands for any number of bytes. */
    private static final BitSet STAR = new BitSet();

    /** What each byte may be, or {@link #STAR}. */
    private final List<BitSet> tokens;

    private KeyGlob(List<BitSet> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    /** @param pattern without the sign before it, {@code ~} or {@code &} */
    static KeyGlob of(String pattern) {
        return new KeyGlob(new Reading(bytes(pattern)).tokens());
    }

    /** Reads a pattern as the server does, with what is unfinished at its end. */
    private static final class Reading {

        private final byte[] pattern;
        private final List<BitSet> tokens = new ArrayList<>();
        private int at;

        Reading(byte[] pattern) {
            this.pattern = pattern;
        }

        List<BitSet> tokens() {
            while (at < pattern.length) {
                switch (pattern[at]) {
                    case '*' -> star();
                    case '?' -> tokens.add(all());
                    case '[' -> tokens.add(choice());
                    default -> tokens.add(literal());
                }
                at++;
            }
            return tokens;
        }

        private void star() {
            if (tokens.isEmpty() || tokens.get(tokens.size() - 1) != STAR) {
                tokens.add(STAR);
            }
        }

        private BitSet literal() {
            if (pattern[at] == '\\' && at + 1 < pattern.length) {
                at++;
            }
            return range(pattern[at], pattern[at]);
        }

        /** Ends at the closing bracket, or where the pattern does. */
        private BitSet choice() {
            at++;
            boolean not = at < pattern.length && pattern[at] == '^';
            if (not) {
                at++;
            }
            BitSet chosen = new BitSet();
            for (; at < pattern.length && pattern[at] != ']'; at++) {
                if (pattern[at] == '\\' && at + 1 < pattern.length) {
                    at++;
                    chosen.or(range(pattern[at], pattern[at]));
                } else if (at + 2 < pattern.length && pattern[at + 1] == '-') {
                    chosen.or(range(pattern[at], pattern[at + 2]));
                    at += 2;
                } else {
                    chosen.or(range(pattern[at], pattern[at]));
                }
            }
            if (not) {
                chosen.flip(0, BYTES);
            }
            return chosen;
        }

        private static BitSet all() {
            BitSet all = new BitSet();
            all.set(0, BYTES);
            return all;
        }

        /** Either end may come first; bytes are signed, as they are there. */
        private static BitSet range(byte one, byte other) {
            BitSet range = new BitSet();
            for (int b = Math.min(one, other); b <= Math.max(one, other); b++) {
                range.set(b & 0xff);
            }
            return range;
        }
    }

    private static byte[] bytes(String text) {
        return PatternText.bytes(text);
    }

    public boolean matches(String key) {
        return ends(after(key)).get(tokens.size());
    }

    /**
     * @return the shortest name that begins so and that it matches; empty where there is none
     */
    public Optional<String> exampleUnder(String prefix) {
        BitSet places = after(prefix);
        // From the last place there is least to add.
        for (int place = places.length() - 1; place >= 0; place = places.previousSetBit(place - 1)) {
            Optional<String> rest = rest(place);
            if (rest.isPresent()) {
                return rest.map(added -> prefix + added);
            }
        }
        return Optional.empty();
    }

    /** What every name that it matches begins with. */
    public String literalPrefix() {
        byte[] prefix = new byte[tokens.size()];
        int length = 0;
        while (length < prefix.length && tokens.get(length) != STAR && tokens.get(length).cardinality() == 1) {
            prefix[length] = (byte) tokens.get(length).nextSetBit(0);
            length++;
        }
        return PatternText.of(Arrays.copyOf(prefix, length));
    }

    /** The places in the pattern where one may be when the text has been read. */
    private BitSet after(String text) {
        BitSet places = new BitSet();
        places.set(0);
        for (byte b : bytes(text)) {
            BitSet next = new BitSet();
            BitSet now = ends(places);
            for (int place = now.nextSetBit(0);
                    place >= 0 && place < tokens.size();
                    place = now.nextSetBit(place + 1)) {
                if (tokens.get(place) == STAR) {
                    next.set(place);
                } else if (tokens.get(place).get(b & 0xff)) {
                    next.set(place + 1);
                }
            }
            places = next;
        }
        return places;
    }

    /** Those, and those behind a star that stands for nothing. */
    private BitSet ends(BitSet places) {
        BitSet ends = (BitSet) places.clone();
        for (int place = ends.nextSetBit(0); place >= 0 && place < tokens.size(); place = ends.nextSetBit(place + 1)) {
            if (tokens.get(place) == STAR) {
                ends.set(place + 1);
            }
        }
        return ends;
    }

    /** Empty where nothing can stand there, as in {@code []}. */
    private Optional<String> rest(int place) {
        StringBuilder rest = new StringBuilder();
        for (BitSet token : tokens.subList(place, tokens.size())) {
            if (token != STAR) {
                if (token.isEmpty()) {
                    return Optional.empty();
                }
                rest.append((char) readable(token));
            }
        }
        return Optional.of(rest.toString());
    }

    private static int readable(BitSet bytes) {
        int letter = bytes.nextSetBit('a');
        int printable = bytes.nextSetBit('!');
        return letter >= 0 && letter <= 'z' ? letter : printable >= 0 ? printable : bytes.nextSetBit(0);
    }
}
