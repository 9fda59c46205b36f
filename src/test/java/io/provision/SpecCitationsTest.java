package io.provision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Comments name the source of a rule as {@code postgres.md}, "Rollback": a file of {@code docs/spec}, a heading. */
class SpecCitationsTest {

    private static final Path SPEC = Path.of("docs/spec");
    private static final Pattern CITATION =
            Pattern.compile("\\{@code ([a-z-]+\\.md)\\}(?:, \"([^\"]+)\")?");
    private static final Pattern LINE_OF_A_COMMENT = Pattern.compile("\\R\\s*\\*\\s*");

    @Test
    void everySectionThatACommentNamesStandsInTheSpecification() throws IOException {
        List<Citation> citations = citations();

        assertFalse(citations.isEmpty());
        assertEquals(List.of(), citations.stream().filter(citation -> !citation.holds()).toList());
    }

    private record Citation(Path source, String file, Optional<String> section) {

        static Citation of(Path source, MatchResult match) {
            return new Citation(source, match.group(1), Optional.ofNullable(match.group(2)));
        }

        boolean holds() {
            Path cited = SPEC.resolve(file);
            return Files.exists(cited) && section.map(heading -> hasHeading(cited, heading)).orElse(true);
        }

        private static boolean hasHeading(Path cited, String heading) {
            return text(cited).lines().anyMatch(line -> line.matches("#+ " + Pattern.quote(heading) + "( \\(.*)?"));
        }
    }

    private static List<Citation> citations() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> CITATION.matcher(LINE_OF_A_COMMENT.matcher(text(file)).replaceAll(" "))
                            .results()
                            .map(match -> Citation.of(file, match)))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
