package io.provision.report;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.Chunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How some lines become others, each told by its number as {@link LineNumbers} has it. Myers' algorithm takes the
 * product of the lines and of those that differ, and memory of the square of the latter: for a script of ten thousand
 * instances, which has hundreds of thousands of lines, too much. So long texts are held together first where a line
 * stands in both of them once (Bram Cohen's "patience diff"), and only what is between two such lines is left to Myers;
 * where there is none, all of it is replaced.
 */
final class LineDiff {

    /** In lines, of both together. */
    private static final int SHORT = 2_000;

    private static final int NOWHERE = -1;
    private static final int SEVERAL = -2;

    private final int[] before;
    private final int[] after;
    private final List<Delta> deltas = new ArrayList<>();

    /** By number, where in a part of the other the line stands. In between, everything is nowhere. */
    private final int[] otherPlaces;
    /** By number, whether a line stands in a part of the one, and whether more than once. Nothing, in between. */
    private final BitSet present = new BitSet();
    private final BitSet repeated = new BitSet();

    private LineDiff(int[] before, int[] after) {
        this.before = before;
        this.after = after;
        this.otherPlaces = new int[after.length];
        Arrays.fill(otherPlaces, NOWHERE);
    }

    /**
     * @param before numbers below the length of {@code after}, or {@link LineNumbers#UNKNOWN}
     * @param after numbers below its length
     * @return in their order
     */
    static List<Delta> of(int[] before, int[] after) {
        LineDiff diff = new LineDiff(before, after);
        Part all = new Part(0, before.length, 0, after.length);
        if (all.lines() <= SHORT) {
            diff.compareShort(all);
        } else {
            diff.compare(all);
        }
        return diff.deltas;
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

    /** Lines that stand once in each of them: where in the one, and where in the other. */
    private record Anchors(int[] lines, int[] others) {}

    private void compare(Part all) {
        Part part = withoutWhatIsAlike(all);
        if (part.oneIsEmpty() || part.lines() <= SHORT) {
            compareShort(part);
            return;
        }
        Anchors anchors = inOrder(anchors(part));
        if (anchors.lines().length == 0) {
            replace(part);
            return;
        }
        int from = part.from();
        int otherFrom = part.otherFrom();
        for (int i = 0; i < anchors.lines().length; i++) {
            compare(new Part(from, anchors.lines()[i], otherFrom, anchors.others()[i]));
            from = anchors.lines()[i] + 1;
            otherFrom = anchors.others()[i] + 1;
        }
        compare(new Part(from, part.to(), otherFrom, part.otherTo()));
    }

    private Part withoutWhatIsAlike(Part part) {
        int from = part.from();
        int otherFrom = part.otherFrom();
        while (from < part.to() && otherFrom < part.otherTo() && before[from] == after[otherFrom]) {
            from++;
            otherFrom++;
        }
        int to = part.to();
        int otherTo = part.otherTo();
        while (to > from && otherTo > otherFrom && before[to - 1] == after[otherTo - 1]) {
            to--;
            otherTo--;
        }
        return new Part(from, to, otherFrom, otherTo);
    }

    private void compareShort(Part part) {
        if (part.oneIsEmpty()) {
            replace(part);
            return;
        }
        DiffUtils.diff(boxed(before, part.from(), part.to()), boxed(after, part.otherFrom(), part.otherTo()))
                .getDeltas()
                .forEach(delta -> {
                    Chunk<Integer> gone = delta.getSource();
                    Chunk<Integer> come = delta.getTarget();
                    int from = part.from() + gone.getPosition();
                    int otherFrom = part.otherFrom() + come.getPosition();
                    deltas.add(new Delta(from, from + gone.size(), otherFrom, otherFrom + come.size()));
                });
    }

    private static List<Integer> boxed(int[] numbers, int from, int to) {
        return Arrays.stream(numbers, from, to).boxed().toList();
    }

    private void replace(Part part) {
        if (part.lines() > 0) {
            deltas.add(new Delta(part.from(), part.to(), part.otherFrom(), part.otherTo()));
        }
    }

    /** In the order of the one; that of the other may be any. */
    private Anchors anchors(Part part) {
        for (int line = part.otherFrom(); line < part.otherTo(); line++) {
            otherPlaces[after[line]] = otherPlaces[after[line]] == NOWHERE ? line : SEVERAL;
        }
        for (int line = part.from(); line < part.to(); line++) {
            if (before[line] != LineNumbers.UNKNOWN) {
                (present.get(before[line]) ? repeated : present).set(before[line]);
            }
        }
        int[] lines = IntStream.range(part.from(), part.to()).filter(this::isAnchor).toArray();
        int[] others = Arrays.stream(lines).map(line -> otherPlaces[before[line]]).toArray();
        for (int line = part.otherFrom(); line < part.otherTo(); line++) {
            otherPlaces[after[line]] = NOWHERE;
        }
        present.clear();
        repeated.clear();
        return new Anchors(lines, others);
    }

    private boolean isAnchor(int line) {
        int number = before[line];
        return number != LineNumbers.UNKNOWN && otherPlaces[number] >= 0 && !repeated.get(number);
    }

    /** The most of them that stand in one order in both: a longest increasing subsequence. */
    private static Anchors inOrder(Anchors anchors) {
        int[] others = anchors.others();
        int[] lastOfLength = new int[others.length];
        int[] lowest = new int[others.length];
        int[] previous = new int[others.length];
        int longest = 0;
        for (int i = 0; i < others.length; i++) {
            int found = Arrays.binarySearch(lowest, 0, longest, others[i]);
            int length = -found - 1;
            lowest[length] = others[i];
            lastOfLength[length] = i;
            previous[i] = length == 0 ? -1 : lastOfLength[length - 1];
            longest = Math.max(longest, length + 1);
        }
        Anchors chain = new Anchors(new int[longest], new int[longest]);
        int at = longest == 0 ? -1 : lastOfLength[longest - 1];
        for (int i = longest - 1; i >= 0; i--) {
            chain.lines()[i] = anchors.lines()[at];
            chain.others()[i] = others[at];
            at = previous[at];
        }
        return chain;
    }
}
