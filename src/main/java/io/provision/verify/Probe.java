package io.provision.verify;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** For how many instances what was worked out is proved by effect. */
public enum Probe {
    SAMPLE,
    ALL,
    NONE;

    private static final int SAMPLED = 5;

    /** As many from the beginning as from the end. */
    <T> List<T> of(List<T> all) {
        int count = switch (this) {
            case NONE -> 0;
            case SAMPLE -> Math.min(SAMPLED, all.size());
            case ALL -> all.size();
        };
        return IntStream.range(0, count)
                .mapToObj(i -> all.get(count == 1 ? 0 : i * (all.size() - 1) / (count - 1)))
                .toList();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
