package io.provision.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import com.github.difflib.patch.PatchFailedException;
import io.provision.testing.RandomSeeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the lines of long texts become others; of short ones it is what java-diff-utils says. */
@Timeout(60)
class LineDiffTest {

    @RandomSeeds(20)
    void whatItSaysMakesTheOneTheOther(long seed) throws PatchFailedException {
        Random random = new Random(seed);
        List<String> before = lines(random, 2_000 + random.nextInt(4_000));
        List<String> after = edited(before, random);

        Patch<String> patch = LineDiff.of(before, after);

        assertEquals(after, patch.applyTo(before), () -> "seed " + seed);
        List<String> unified = UnifiedDiffUtils.generateUnifiedDiff("a", "b", before, patch, 3);
        assertEquals(after, UnifiedDiffUtils.parseUnifiedDiff(unified).applyTo(before), () -> "seed " + seed);
    }

    @Test
    void ofALineThatCameAndOneThatWentItSaysNoMore() {
        List<String> before = numbered(0, 100_000);
        List<String> after = new ArrayList<>(before);
        after.remove(70_000);
        after.add(30_000, "new");

        Patch<String> patch = LineDiff.of(before, after);

        assertEquals(DiffUtils.diff(before, after).getDeltas(), patch.getDeltas());
    }

    @Test
    void aTextThatIsMissingIsOneDifference() {
        assertEquals(1, LineDiff.of(List.of(), numbered(0, 200_000)).getDeltas().size());
        assertEquals(1, LineDiff.of(numbered(0, 200_000), List.of()).getDeltas().size());
    }

    @Test
    void oneOfWhichEveryOtherLineBecameAnotherIsComparedLineByLine() throws PatchFailedException {
        List<String> before = numbered(0, 200_000);
        List<String> after = IntStream.range(0, 200_000)
                .mapToObj(i -> i % 2 == 0 ? before.get(i) : "another " + i)
                .toList();

        Patch<String> patch = LineDiff.of(before, after);

        assertEquals(100_000, patch.getDeltas().size());
        assertTrue(patch.getDeltas().stream().allMatch(delta -> delta.getSource().size() == 1));
    }

    @Test
    void onesThatHaveNoLineInCommonAreReplaced() {
        List<String> before = Stream.generate(() -> "same").limit(100_000).toList();

        assertEquals(1, LineDiff.of(before, numbered(0, 100_000)).getDeltas().size());
    }

    private static List<String> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj("line %d"::formatted).toList();
    }

    /** Some stand once, some often. */
    private static List<String> lines(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> random.nextInt(3) == 0 ? "line " + i : "word " + random.nextInt(20))
                .toList();
    }

    private static List<String> edited(List<String> before, Random random) {
        List<String> after = new ArrayList<>(before);
        int edits = random.nextInt(40) * random.nextInt(40);
        for (int i = 0; i < edits && !after.isEmpty(); i++) {
            int at = random.nextInt(after.size());
            switch (random.nextInt(4)) {
                case 0 -> after.add(at, "new " + i);
                case 1 -> after.remove(at);
                case 2 -> after.set(at, "word " + random.nextInt(20));
                default -> {
                    int end = Math.min(after.size(), at + random.nextInt(50));
                    List<String> moved = new ArrayList<>(after.subList(at, end));
                    after.subList(at, end).clear();
                    after.addAll(random.nextInt(after.size() + 1), moved);
                }
            }
        }
        return after;
    }
}
