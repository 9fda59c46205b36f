package io.provision.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.provision.testing.RandomSeeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A diff that is read along says what java-diff-utils says of both texts in memory. */
@Timeout(60)
class FileDifferenceTest {

    private static final byte[] NO_UTF_8 = {(byte) 0xE2, (byte) 0x82, (byte) 0xF0, (byte) 0x9F, (byte) 0xED,
        (byte) 0xC0, (byte) 0xFF, (byte) 0x80, (byte) 0xF4, '\n', '\r', 0};

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("present");
    }

    @RandomSeeds(200)
    void itSaysWhatTheLibrarySays(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> lines = lines(random);
        String wanted = random.nextInt(10) == 0 ? "" : text(edited(lines, random), random);
        byte[] present = random.nextInt(10) == 0 ? new byte[0] : spoilt(text(lines, random), random);
        boolean stands = random.nextInt(10) != 0;
        boolean isWanted = !stands || random.nextInt(10) != 0;
        Files.write(file, present);

        String said = said(new FileDifference(
                "file",
                stands ? Optional.of(() -> Files.newByteChannel(file)) : Optional.empty(),
                isWanted ? Optional.of(pieces(wanted, random)) : Optional.empty()));

        assertEquals(
                expected(stands ? "file" : "/dev/null", stands ? new String(present, StandardCharsets.UTF_8) : "",
                        isWanted ? "file" : "/dev/null", isWanted ? wanted : ""),
                said, () -> "seed " + seed);
    }

    /** Longer than what is read at a time. */
    @Test
    void aLineMayBeAsLongAsItLikes() throws IOException {
        String line = "é".repeat(1_000_000);
        Files.writeString(file, "first\n" + line + "\nlast");

        assertEquals("--- file\n+++ file\n@@ -1,3 +1,3 @@\n-first\n+new\n " + line + "\n-last\n"
                + "\\ No newline at end of file\n+last\n", said(present(List.of("new\n" + line + "\n", "last\n"))));
    }

    @Test
    void aFileThatIsCutOffMeanwhileIsAFaultAndNoDiff() throws IOException {
        String text = IntStream.range(0, 50_000).mapToObj("line %d\n"::formatted).collect(Collectors.joining());
        Files.writeString(file, text);
        List<String> said = new ArrayList<>();

        IOException fault = assertThrows(IOException.class,
                () -> present(List.of("new\n" + text + "new\n")).unifiedDiff(line -> {
                    said.add(line);
                    cutOff();
                }));

        assertEquals("it was changed while it was compared", fault.getMessage());
        assertEquals("--- file\n", said.get(0));
    }

    @Test
    void aPieceThatEndsWithinALineIsAMistake() throws IOException {
        Files.writeString(file, "");

        assertThrows(IllegalArgumentException.class, () -> said(present(List.of("fir", "st\n"))));
    }

    private FileDifference present(List<String> wanted) {
        return new FileDifference("file", Optional.of(() -> Files.newByteChannel(file)), Optional.of(wanted));
    }

    private void cutOff() {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String said(FileDifference difference) throws IOException {
        StringBuilder said = new StringBuilder();
        difference.unifiedDiff(said::append);
        return said.toString();
    }

    private static String expected(String name, String present, String otherName, String wanted) {
        List<String> before = asLines(present);
        return UnifiedDiffUtils.generateUnifiedDiff(
                        name, otherName, before, DiffUtils.diff(before, asLines(wanted)), 3)
                .stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static List<String> asLines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        String last = lines.remove(lines.size() - 1);
        if (!last.isEmpty()) {
            lines.add(last + "\n\\ No newline at end of file");
        }
        return lines;
    }

    /** Few enough that they are compared by the library's own way; {@link LineDiffTest} has more. */
    private static List<String> lines(Random random) {
        int kinds = 1 + random.nextInt(6);
        return IntStream.range(0, random.nextInt(random.nextBoolean() ? 5 : 400))
                .mapToObj(i -> line(random, kinds))
                .toList();
    }

    private static String line(Random random, int kinds) {
        return switch (random.nextInt(kinds)) {
            case 0 -> "line " + random.nextInt(500);
            case 1 -> "";
            case 2 -> "ended otherwise " + random.nextInt(3) + "\r";
            // Two letters that have the hash of two others.
            case 3 -> (random.nextBoolean() ? "Aa" : "BB") + random.nextInt(5);
            case 4 -> "ü€😀" + random.nextInt(5);
            default -> random.nextInt(40) == 0 ? "long ".repeat(random.nextInt(40_000)) : "short";
        };
    }

    private static List<String> edited(List<String> lines, Random random) {
        List<String> edited = new ArrayList<>(lines);
        int edits = random.nextInt(6) * random.nextInt(6);
        for (int i = 0; i < edits && !edited.isEmpty(); i++) {
            int at = random.nextInt(edited.size());
            switch (random.nextInt(4)) {
                case 0 -> edited.add(at, "new " + i);
                case 1 -> edited.remove(at);
                case 2 -> edited.set(at, line(random, 6));
                default -> edited.add(random.nextInt(edited.size()), edited.remove(at));
            }
        }
        return edited;
    }

    private static String text(List<String> lines, Random random) {
        return String.join("\n", lines) + (lines.isEmpty() || random.nextInt(4) == 0 ? "" : "\n");
    }

    private static byte[] spoilt(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int faults = bytes.length == 0 ? 0 : Math.max(0, random.nextInt(12) - 6);
        for (int i = 0; i < faults; i++) {
            int at = random.nextInt(4) == 0 ? bytes.length - 1 : random.nextInt(bytes.length);
            bytes[at] = NO_UTF_8[random.nextInt(NO_UTF_8.length)];
        }
        return bytes;
    }

    /** At some ends of lines, and now and then an empty one. */
    private static List<String> pieces(String text, Random random) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from + random.nextInt(text.length() - from));
            int to = end < 0 ? text.length() : end + 1;
            pieces.add(text.substring(from, to));
            from = to;
            if (random.nextInt(5) == 0) {
                pieces.add("");
            }
        }
        return pieces;
    }
}
