package io.provision.report;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Tells how one text becomes the other, as {@code diff -u} does. The one is read along, and never kept. */
final class UnifiedDiff {

    private static final int CONTEXT = 3;
    private static final String NO_END = "\n\\ No newline at end of file\n";

    private final String name;
    private final String otherName;
    private final LineReader before;
    private final int lines;
    private final LinesInMemory after;
    private final Consumer<String> out;
    private int next;

    /**
     * @param before stands at its begin
     * @param lines so many {@code before} had when it was compared
     * @param out is told a line at a time, with its end
     */
    UnifiedDiff(
            String name,
            String otherName,
            LineReader before,
            int lines,
            LinesInMemory after,
            Consumer<String> out) {
        this.name = name;
        this.otherName = otherName;
        this.before = before;
        this.lines = lines;
        this.after = after;
        this.out = out;
    }

    /** @throws IOException where the one cannot be read, or was cut off since it was compared */
    void tell(List<Delta> deltas) throws IOException {
        if (deltas.isEmpty()) {
            return;
        }
        out.accept("--- " + name + "\n");
        out.accept("+++ " + otherName + "\n");
        int first = 0;
        for (int i = 1; i < deltas.size(); i++) {
            if (deltas.get(i - 1).to() + CONTEXT < deltas.get(i).from() - CONTEXT) {
                hunk(deltas.subList(first, i));
                first = i;
            }
        }
        hunk(deltas.subList(first, deltas.size()));
    }

    /** @param deltas so close to each other that what is between them is told too */
    private void hunk(List<Delta> deltas) throws IOException {
        Delta first = deltas.get(0);
        int from = Math.max(0, first.from() - CONTEXT);
        int to = Math.min(lines, deltas.get(deltas.size() - 1).to() + CONTEXT);
        int otherFrom = Math.max(0, first.otherFrom() - CONTEXT);
        int others = to - from + deltas.stream().mapToInt(delta -> delta.come() - delta.gone()).sum();
        out.accept("@@ -" + range(from, to - from) + " +" + range(otherFrom, others) + " @@\n");
        while (next < from) {
            read();
        }
        for (Delta delta : deltas) {
            tellUntil(delta.from(), " ");
            tellUntil(delta.to(), "-");
            for (int line = delta.otherFrom(); line < delta.otherTo(); line++) {
                tell("+", after.line(line));
            }
        }
        tellUntil(to, " ");
    }

    /** Lines are counted from 1; where there is none, {@code patch} wants to be told of the one before. */
    private static String range(int from, int lines) {
        return (lines == 0 ? from : from + 1) + "," + lines;
    }

    private void tellUntil(int to, String mark) throws IOException {
        while (next < to) {
            tell(mark, read());
        }
    }

    private String read() throws IOException {
        next++;
        return before.next().orElseThrow(() -> new IOException("it was changed while it was compared"));
    }

    private void tell(String mark, String line) {
        out.accept(line.endsWith("\n") ? mark + line : mark + line + NO_END);
    }
}
