package io.provision.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.problem.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody who mistyped most likely meant. */
class SuggestionTest {

    @ParameterizedTest
    @CsvSource({
        "migrat, migrate",
        "mirgate, migrate",
        "Migrate, migrate",
        "legacy-schemas, legacy_schemas",
        "legcy_schema, legacy_schemas",
        "readrs, readers",
        "namspace, namespace",
        "sqll, sql",
        "prots, ports",
    })
    void aSlipOfTheFingerIsRecognized(String typed, String meant) {
        assertEquals(Optional.of(meant), Suggestion.nearest(typed, Keys.INSTANCE.names()));
    }

    @ParameterizedTest
    @CsvSource({"database", "x", "hosts"})
    void whatIsLikeNothingGetsNoSuggestion(String typed) {
        assertEquals(Optional.empty(), Suggestion.nearest(typed, List.of("migrate", "sql", "volumes")));
    }

    @Test
    void ofManyKnownNamesOnlySomeAreListed() {
        List<String> known = IntStream.range(0, 100).mapToObj(i -> "service-" + i).toList();
        assertEquals("known: service-0", Suggestion.remedy("other", known).split(",")[0]);
        assertEquals(" and 60 more", Suggestion.remedy("other", known).split(",")[40]);
    }
}
