package io.provision.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegibleTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "two\n\tlines\n", "größer als 日本 😀", "\u001b[1;31merror:\u001b[0m no"})
    void whatTheToolWritesStaysAsItIs(String text) {
        assertEquals(text, Legible.text(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b[2J", "\u001b[8m", "\u001b]0;", "\r", "\b", "\u0007", "\u009b", "\u202e", "\u2028"})
    void whatMovesOrHidesWhatStandsThereIsAQuestionMark(String foreign) {
        assertEquals("?", Legible.text(foreign).substring(0, 1));
        assertEquals("aé?", Legible.text("aé" + foreign).substring(0, 3));
    }

    @Test
    void colourIsOneOfThemWhereTheToolWritesNone() {
        assertEquals("?[1;31merror:?[0m\n\tno", Legible.colourless("\u001b[1;31merror:\u001b[0m\n\tno"));
    }

    @Test
    void aLineHasNoEndInIt() {
        assertEquals("table public.a nothing to do ?[0A", Legible.line("table public.a\nnothing to do\r\n\u001b[0A"));
    }
}
