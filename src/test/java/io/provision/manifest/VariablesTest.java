package io.provision.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.provision.problem.Place;
import io.provision.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables are filled as docker compose does. */
class VariablesTest {

    private static final Place LINE = new Place("m.yaml", 3, 7);

    private final Faults faults = new Faults();
    private final Variables variables = new Variables(Map.of("HOST", "db", "EMPTY", "", "PRICE", "$5"), faults);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "plain                       | plain",
        "${HOST}                     | db",
        "$HOST                       | db",
        "a-${HOST}-b-${HOST}         | a-db-b-db",
        "${HOST:-other}              | db",
        "${UNSET:-other}             | other",
        "${EMPTY:-other}             | other",
        "${UNSET:-}                  | ''",
        "${HOST:?must be there}      | db",
        "${UNSET:-${HOST}}           | db",
        "${UNSET:-${EMPTY:-deep}}    | deep",
        "${UNSET:-postgres://h/d}    | postgres://h/d",
        "$$HOST and $${HOST}         | $HOST and ${HOST}",
        "${PRICE}                    | $5",
        "${UNSET:-$$}                | $",
    })
    void aTextIsFilled(String text, String filled) {
        assertEquals(Optional.of(filled), variables.fill(text, LINE));
        assertFalse(faults.hasErrors());
    }

    @Test
    void defaultsWithinDefaultsHaveAnEnd() {
        assertEquals(Optional.of("x"), variables.fill("${UNSET:-".repeat(20) + "x" + "}".repeat(20), LINE));

        assertEquals(Optional.empty(), variables.fill("${UNSET:-".repeat(5_000) + "x" + "}".repeat(5_000), LINE));
        assertEquals("defaults stand within defaults, more than 20 deep",
                faults.sorted(List.of()).get(0).message());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "${UNSET}               | the variable UNSET is not set, or empty",
        "$UNSET                 | the variable UNSET is not set, or empty",
        "${EMPTY}               | the variable EMPTY is not set, or empty",
        "${UNSET:?}             | the variable UNSET is not set, or empty",
        "${UNSET:?say where}    | the variable UNSET is not set, or empty: say where",
        "${HOST:-${A}}${UNSET}  | the variable UNSET is not set, or empty",
        "${HOST                 | a dollar here begins no variable that can be understood",
        "${}                    | a dollar here begins no variable that can be understood",
        "${1A}                  | a dollar here begins no variable that can be understood",
        "${HOST-x}              | a dollar here begins no variable that can be understood",
        "${HOST:+x}             | a dollar here begins no variable that can be understood",
        "a$                     | a dollar here begins no variable that can be understood",
        "pa$5word               | a dollar here begins no variable that can be understood",
    })
    void whatCannotBeFilledIsToldWithItsLine(String text, String told) {
        assertEquals(Optional.empty(), variables.fill(text, LINE));
        Problem problem = faults.sorted(List.of("m.yaml")).get(0);
        assertEquals(told, problem.message());
        assertEquals(Optional.of(LINE), problem.place());
    }

    @Test
    void everyUnsetVariableOfATextIsTold() {
        variables.fill("${A}/${B:-x}/${C}", LINE);
        assertEquals(2, faults.sorted(List.of("m.yaml")).size());
    }
}
