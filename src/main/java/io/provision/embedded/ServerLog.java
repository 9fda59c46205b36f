package io.provision.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a server wrote since it was last started; the start before is kept beside it. */
record ServerLog(Path file) {

    private static final Pattern TELLING = Pattern.compile("FATAL:|PANIC:|error:|could not |Can't ");
    private static final Pattern CHATTER = Pattern.compile("pg_ctl:.*|\\s*stopped waiting.*"
            + "|Examine the log output.*");

    /** PostgreSQL's first words stand behind it, in the same line. */
    private static final Pattern WAITING = Pattern.compile("^waiting for server[^.]*\\.*");

    /** What stands before the words: time and process, as either server writes them. */
    private static final Pattern STAMP = Pattern.compile(".*(?:FATAL|PANIC): +|\\d+:[A-Z] [^#*]*[#*] ");

    void begin() throws IOException {
        if (Files.exists(file)) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.createFile(file, Access.OWNERS_FILE);
    }

    List<String> lines() throws IOException {
        // A server may write a path in whatever encoding the path has.
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    }

    boolean saysThatThePortIsTaken() throws IOException {
        // Redis does not always say why it could not listen.
        return lines().stream().anyMatch(line ->
                line.contains("Address already in use") || line.contains("Failed listening on port"));
    }

    /** The line that says why it did not start: that the disk is full, or else the last that complains, or the last. */
    String reason() throws IOException {
        List<String> lines = lines().stream()
                .map(line -> WAITING.matcher(line).replaceFirst(""))
                .filter(line -> !line.isBlank())
                .toList();
        boolean isFull = isDiskFull();
        Predicate<String> serversOwn = CHATTER.asMatchPredicate().negate();
        // What a server says after the disk was full is what came of it; and there is no room to say anything.
        return last(lines, line -> line.contains("No space left on device"))
                .or(() -> last(lines, serversOwn.and(TELLING.asPredicate())))
                .or(() -> isFull ? Optional.of("the disk is full") : last(lines, serversOwn))
                .or(() -> last(lines, line -> true))
                .map(line -> STAMP.matcher(line).replaceFirst(""))
                .orElse("it ended without a word");
    }

    private boolean isDiskFull() throws IOException {
        return Files.getFileStore(file).getUsableSpace() == 0;
    }

    private static Optional<String> last(List<String> lines, Predicate<String> fit) {
        return lines.stream().filter(fit).reduce((first, second) -> second).map(String::strip);
    }
}
