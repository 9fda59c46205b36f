package io.provision.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.report.TextTable.Narrow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTableTest {

    private final TextTable table = new TextTable("INSTANCE", "SCHEMA", "NOTE")
            .row("exchange-OKX", "exchange_okx", "a note that is longer than all others")
            .row("b", "", "");

    @Test
    void columnsAreAsWideAsTheyMustBe() {
        assertEquals("""
                INSTANCE      SCHEMA        NOTE
                exchange-OKX  exchange_okx  a note that is longer than all others
                b
                """, table.render(Integer.MAX_VALUE, Narrow.CUT, Palette.PLAIN));
    }

    @Test
    void theWidestGivesWayFirst() {
        assertEquals("""
                INSTANCE      SCHEMA        NOTE
                exchange-OKX  exchange_okx  a note that…
                b
                """, table.render(40, Narrow.CUT, Palette.PLAIN));
    }

    @Test
    void rowsAreStackedWhereNothingMayBeLost() {
        assertEquals("""
                INSTANCE  exchange-OKX
                SCHEMA    exchange_okx
                NOTE      a note that is longer than all others

                INSTANCE  b
                SCHEMA
                NOTE
                """, table.render(60, Narrow.STACK, Palette.PLAIN));
    }

    @Test
    void rowsAreStackedWhereThereIsNoRoomForColumns() {
        assertTrue(table.render(20, Narrow.CUT, Palette.PLAIN).startsWith("INSTANCE  exchange-OKX\n"));
    }

    @ParameterizedTest
    @ValueSource(ints = {28, 30, 40, 50, 64, 65, 66, 80})
    void noLineOfATableIsWiderThanTheTerminal(int columns) {
        table.render(columns, Narrow.CUT, Palette.COLOR).lines()
                .forEach(line -> assertTrue(DisplayWidth.of(line) <= columns, line));
    }

    @Test
    void wideCharactersTakeTwoColumns() {
        assertEquals("""
                NAME      X
                交易所    1
                exchange  2
                é         3
                """, new TextTable("NAME", "X").row("交易所", "1").row("exchange", "2").row("e\u0301", "3")
                .render(80, Narrow.CUT, Palette.PLAIN).replace("e\u0301", "é"));
    }

    @Test
    void coloursTakeNoRoom() {
        String coloured = new TextTable("STATE", "X").row(Palette.COLOR.good("here"), "1")
                .render(80, Narrow.CUT, Palette.PLAIN);

        assertEquals("STATE  X\n\u001b[32mhere\u001b[0m   1\n", coloured);
    }

    @Test
    void aCellStaysOnItsLine() {
        assertEquals("A\none two\n", new TextTable("A").row("one\ntwo").render(80, Narrow.CUT, Palette.PLAIN));
    }

    @Test
    void aRowHasACellForEachHeading() {
        assertThrows(IllegalArgumentException.class, () -> new TextTable("A", "B").row("1"));
    }
}
