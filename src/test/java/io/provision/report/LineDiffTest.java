package io.provision.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.RandomSeeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the lines of long texts become others; of short ones, {@link FileDifferenceTest} has it. */
@Timeout(60)
class LineDiffTest {

    @RandomSeeds(20)
    void whatItSaysMakesTheOneTheOther(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> before = lines(random, 2_000 + random.nextInt(4_000));
        List<String> after = edited(before, random);

        List<Delta> deltas = diff(before, after);

        assertEquals(after, applied(deltas, before, after), () -> "seed " + seed);
    }

    @Test
    void ofALineThatCameAndOneThatWentItSaysNoMore() throws IOException {
        List<String> before = numbered(0, 100_000);
        List<String> after = new ArrayList<>(before);
        after.remove(70_000);
        after.add(30_000, "new");

        assertEquals(
                List.of(new Delta(30_000, 30_000, 30_000, 30_001), new Delta(70_000, 70_001, 70_001, 70_001)),
                diff(before, after));
    }

    @Test
    void aTextThatIsMissingIsOneDifference() throws IOException {
        assertEquals(1, diff(List.of(), numbered(0, 200_000)).size());
        assertEquals(1, diff(numbered(0, 200_000), List.of()).size());
    }

    @Test
    void oneOfWhichEveryOtherLineBecameAnotherIsComparedLineByLine() throws IOException {
        List<String> before = numbered(0, 200_000);
        List<String> after = IntStream.range(0, 200_000)
                .mapToObj(i -> i % 2 == 0 ? before.get(i) : "another " + i)
                .toList();

        List<Delta> deltas = diff(before, after);

        assertEquals(100_000, deltas.size());
        assertTrue(deltas.stream().allMatch(delta -> delta.gone() == 1));
    }

    @Test
    void onesThatHaveNoLineInCommonAreReplaced() throws IOException {
        List<String> before = Stream.generate(() -> "same").limit(100_000).toList();

        assertEquals(1, diff(before, numbered(0, 100_000)).size());
    }

    private static List<Delta> diff(List<String> before, List<String> after) throws IOException {
        LineNumbers numbers = new LineNumbers(new LinesInMemory(List.of(text(after))));
        byte[] file = text(before).getBytes(StandardCharsets.UTF_8);
        return LineDiff.of(
                numbers.of(new LineReader(Channels.newChannel(new ByteArrayInputStream(file)))), numbers.own());
    }

    private static String text(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static List<String> applied(List<Delta> deltas, List<String> before, List<String> after) {
        List<String> made = new ArrayList<>();
        int next = 0;
        for (Delta delta : deltas) {
            made.addAll(before.subList(next, delta.from()));
            assertEquals(made.size(), delta.otherFrom());
            made.addAll(after.subList(delta.otherFrom(), delta.otherTo()));
            next = delta.to();
        }
        made.addAll(before.subList(next, before.size()));
        return made;
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
