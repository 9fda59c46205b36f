package io.provision.report;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A file that is not as it should be.
 *
 * @param path relative to the folder that is compared
 * @param present what is there, which is not read before it is asked for; empty where nothing is
 * @param wanted what should be there, in pieces that end where a line does; empty where nothing should be
 */
public record FileDifference(String path, Optional<Present> present, Optional<List<String>> wanted) {

    public FileDifference {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(present, "present");
        wanted = wanted.map(List::copyOf);
    }

    /** A file that stands. */
    public interface Present {
        SeekableByteChannel open() throws IOException;
    }

    /**
     * What {@code patch -p0} in the folder takes to make it as it should be. What is present is read twice, line by
     * line: once to compare it and once to tell of it.
     *
     * @param out is told a line at a time, with its end
     * @throws IOException where what is present cannot be read
     */
    public void unifiedDiff(Consumer<String> out) throws IOException {
        LinesInMemory after = new LinesInMemory(wanted.orElse(List.of()));
        if (present.isEmpty()) {
            unified(new LineReader(), 0, after, out).tell(LineDiff.of(new int[0], new LineNumbers(after).own()));
            return;
        }
        try (SeekableByteChannel file = present.get().open()) {
            LineNumbers numbers = new LineNumbers(after);
            int[] before = numbers.of(new LineReader(file));
            List<Delta> deltas = LineDiff.of(before, numbers.own());
            unified(new LineReader(file.position(0)), before.length, after, out).tell(deltas);
        }
    }

    private UnifiedDiff unified(LineReader before, int lines, LinesInMemory after, Consumer<String> out) {
        return new UnifiedDiff(named(present), named(wanted), before, lines, after, out);
    }

    private String named(Optional<?> side) {
        return side.isPresent() ? path : "/dev/null";
    }
}
