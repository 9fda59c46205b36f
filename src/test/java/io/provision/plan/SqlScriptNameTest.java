package io.provision.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptNameTest {

    private static SqlScript.Name name(String file) {
        return SqlScript.Name.parse(file).orElseThrow(() -> new AssertionError(file + " is no script's name"));
    }

    @Test
    void versionsAreOrderedAsNumbersAndRepeatableFilesComeLast() {
        List<String> inOrder = List.of(
                "V0__a.sql",
                "V1__a.sql",
                "V1__b.sql",
                "V1.0__a.sql",
                "V1.1__a.sql",
                "V1_2__a.sql",
                "V1.10__a.sql",
                "V2__a.sql",
                "V10__a.sql",
                "V20261121__a.sql",
                "R__a.sql",
                "R__b.sql");
        List<String> reversed = new ArrayList<>(inOrder);
        Collections.reverse(reversed);

        assertEquals(
                inOrder, reversed.stream().map(SqlScriptNameTest::name).sorted().map(SqlScript.Name::file).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "V1__a.sql, V2__a.sql, true",
        "V2__a.sql, V10__a.sql, true",
        "V1__z.sql, V1.1__a.sql, true",
        "V2__a.sql, V1__a.sql, false",
        "V1__a.sql, V1__b.sql, false",
        "V01__a.sql, V1__a.sql, false",
        "V1__a.sql, R__a.sql, false",
        "R__a.sql, V1__a.sql, false",
        "R__a.sql, R__b.sql, false",
    })
    void aVersionPrecedesAnotherByItsNumbersAlone(String one, String other, boolean precedes) {
        assertEquals(precedes, name(one).precedes(name(other)));
    }

    @ParameterizedTest
    @CsvSource({
        "V1__a.sql, 1",
        "V007__a.sql, 7",
        "V1.2_3__a b.sql, 1 2 3",
        "V1__2__a.sql, 1",
        "V1___a.sql, 1",
        "V999999999999999999__a.sql, 999999999999999999",
    })
    void aVersionIsItsNumbers(String file, String numbers) {
        assertEquals(numbers, String.join(" ", name(file).version().stream().map(String::valueOf).toList()));
        assertFalse(name(file).repeatable());
    }

    @Test
    void aFileWithoutAVersionIsRepeatable() {
        assertTrue(name("R__views.sql").repeatable());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "README.md",
        "V1.sql",
        "V1_a.sql",
        "V1__.sql",
        "V__a.sql",
        "V1.__a.sql",
        "V1..2__a.sql",
        "V-1__a.sql",
        "V1a__a.sql",
        "v1__a.sql",
        "r__a.sql",
        "R1__a.sql",
        "R_a.sql",
        "V1__a.SQL",
        "V1__a.sql.bak",
        " V1__a.sql",
        "V9999999999999999999__a.sql",
    })
    void anythingElseIsNoScript(String file) {
        assertEquals(Optional.empty(), SqlScript.Name.parse(file));
    }
}
