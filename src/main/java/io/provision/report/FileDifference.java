package io.provision.report;

import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A file that is not as it should be.
 *
 * @param path relative to the folder that is compared
 * @param present what is there; empty where nothing is
 * @param wanted what should be there, in pieces; empty where nothing should be
 */
public record FileDifference(String path, Optional<String> present, Optional<List<String>> wanted) {

    private static final int CONTEXT = 3;

    public FileDifference {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(present, "present");
        wanted = wanted.map(List::copyOf);
    }

    /**
     * What {@code patch -p0} in the folder takes to make it as it should be.
     *
     * @param out is told a line at a time, with its end
     */
    public void unifiedDiff(Consumer<String> out) {
        List<String> before = lines(present.orElse(""));
        List<String> after = lines(String.join("", wanted.orElse(List.of())));
        UnifiedDiffUtils.generateUnifiedDiff(
                        named(present), named(wanted), before, LineDiff.of(before, after), CONTEXT)
                .forEach(line -> out.accept(line + "\n"));
    }

    private String named(Optional<?> side) {
        return side.isPresent() ? path : "/dev/null";
    }

    private static List<String> lines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        boolean ended = text.endsWith("\n");
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        String last = lines.remove(lines.size() - 1);
        if (!ended) {
            lines.add(last + "\n\\ No newline at end of file");
        }
        return lines;
    }
}
