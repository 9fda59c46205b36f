package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "okx,             'okx'",
        "\"\",            ''",
        "it's,            'it''s'",
        "C:\\temp,        E'C:\\\\temp'",
        "'\\',            E'''\\\\'''",
        "\u00e4\u0142\ud83d\ude80, '\u00e4\u0142\ud83d\ude80'",
    })
    void aTextBecomesALiteral(String text, String literal) {
        assertEquals(literal, Sql.literal(text));
    }

    @Test
    void onlyWhatStandsBehindThePlaceIsQuoted() {
        StringBuilder sql = new StringBuilder("SELECT 'it''s', it's");

        Sql.quote(sql, "SELECT 'it''s', ".length());

        assertEquals("SELECT 'it''s', 'it''s'", sql.toString());
    }

    @Test
    void aTextWithANulIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Sql.literal("a\0b"));
        assertThrows(IllegalArgumentException.class, () -> Sql.identifier("a\0b"));
    }
}
