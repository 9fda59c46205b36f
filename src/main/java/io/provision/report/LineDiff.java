package io.provision.report;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.DeleteDelta;
import com.github.difflib.patch.InsertDelta;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How some lines become others. Myers' algorithm takes the product of the lines and of those that differ, and memory of
 * the square of the latter: for a script of ten thousand instances, which has millions of lines, too much. So long
 * texts are held together first where a line stands in both of them once (Bram Cohen's "patience diff"), and only what
 * is between two such lines is left to Myers; where there is none, all of it is replaced.
 */
final class LineDiff {

    /** In lines, of both together. */
    private static final int SHORT = 2_000;

    private static final int SEVERAL = -1;

    private final List<String> before;
    private final List<String> after;
    private final Patch<String> patch = new Patch<>();

    private LineDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    static Patch<String> of(List<String> before, List<String> after) {
        if (before.size() + after.size() <= SHORT) {
            return DiffUtils.diff(before, after);
        }
        LineDiff diff = new LineDiff(before, after);
        diff.compare(new Part(0, before.size(), 0, after.size()));
        return diff.patch;
    }

    /** Lines of the one from {@code from} until {@code to}, and those of the other that may be the same. */
    private record Part(int from, int to, int otherFrom, int otherTo) {

        int lines() {
            return to - from + otherTo - otherFrom;
        }

        boolean oneIsEmpty() {
            return from == to || otherFrom == otherTo;
        }
    }

    /** A line that stands once in each of them. */
    private record Anchor(int line, int other) {}

    private void compare(Part all) {
        Part part = withoutWhatIsAlike(all);
        if (part.lines() == 0) {
            return;
        }
        if (!part.oneIsEmpty() && part.lines() <= SHORT) {
            compareShort(part);
            return;
        }
        List<Anchor> anchors = part.oneIsEmpty() ? List.of() : inOrder(anchors(part));
        if (anchors.isEmpty()) {
            replace(part);
            return;
        }
        int from = part.from();
        int otherFrom = part.otherFrom();
        for (Anchor anchor : anchors) {
            compare(new Part(from, anchor.line(), otherFrom, anchor.other()));
            from = anchor.line() + 1;
            otherFrom = anchor.other() + 1;
        }
        compare(new Part(from, part.to(), otherFrom, part.otherTo()));
    }

    private Part withoutWhatIsAlike(Part part) {
        int from = part.from();
        int otherFrom = part.otherFrom();
        while (from < part.to() && otherFrom < part.otherTo() && before.get(from).equals(after.get(otherFrom))) {
            from++;
            otherFrom++;
        }
        int to = part.to();
        int otherTo = part.otherTo();
        while (to > from && otherTo > otherFrom && before.get(to - 1).equals(after.get(otherTo - 1))) {
            to--;
            otherTo--;
        }
        return new Part(from, to, otherFrom, otherTo);
    }

    private void compareShort(Part part) {
        DiffUtils.diff(before.subList(part.from(), part.to()), after.subList(part.otherFrom(), part.otherTo()))
                .getDeltas()
                .forEach(delta -> patch.addDelta(delta.withChunks(
                        moved(delta.getSource(), part.from()), moved(delta.getTarget(), part.otherFrom()))));
    }

    private static Chunk<String> moved(Chunk<String> chunk, int by) {
        return new Chunk<>(chunk.getPosition() + by, chunk.getLines());
    }

    private void replace(Part part) {
        Chunk<String> gone = new Chunk<>(part.from(), before.subList(part.from(), part.to()));
        Chunk<String> come = new Chunk<>(part.otherFrom(), after.subList(part.otherFrom(), part.otherTo()));
        if (gone.size() == 0) {
            patch.addDelta(new InsertDelta<>(gone, come));
        } else {
            patch.addDelta(come.size() == 0 ? new DeleteDelta<>(gone, come) : new ChangeDelta<>(gone, come));
        }
    }

    /** In the order of the one; that of the other may be any. */
    private List<Anchor> anchors(Part part) {
        Map<String, Integer> others = once(after, part.otherFrom(), part.otherTo());
        Map<String, Integer> own = once(before, part.from(), part.to());
        List<Anchor> anchors = new ArrayList<>();
        for (int line = part.from(); line < part.to(); line++) {
            int other = others.getOrDefault(before.get(line), SEVERAL);
            if (other != SEVERAL && own.get(before.get(line)) != SEVERAL) {
                anchors.add(new Anchor(line, other));
            }
        }
        return anchors;
    }

    private static Map<String, Integer> once(List<String> lines, int from, int to) {
        Map<String, Integer> places = new HashMap<>();
        for (int line = from; line < to; line++) {
            places.merge(lines.get(line), line, (one, another) -> SEVERAL);
        }
        return places;
    }

    /** The most of them that stand in one order in both: a longest increasing subsequence. */
    private static List<Anchor> inOrder(List<Anchor> anchors) {
        int[] lastOfLength = new int[anchors.size()];
        int[] lowest = new int[anchors.size()];
        int[] previous = new int[anchors.size()];
        int longest = 0;
        for (int i = 0; i < anchors.size(); i++) {
            int found = Arrays.binarySearch(lowest, 0, longest, anchors.get(i).other());
            int length = -found - 1;
            lowest[length] = anchors.get(i).other();
            lastOfLength[length] = i;
            previous[i] = length == 0 ? -1 : lastOfLength[length - 1];
            longest = Math.max(longest, length + 1);
        }
        Anchor[] chain = new Anchor[longest];
        int at = longest == 0 ? -1 : lastOfLength[longest - 1];
        for (int i = longest - 1; i >= 0; i--) {
            chain[i] = anchors.get(at);
            at = previous[at];
        }
        return List.of(chain);
    }
}
