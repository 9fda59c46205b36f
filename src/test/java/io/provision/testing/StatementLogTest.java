package io.provision.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatementLogTest {

    @Test
    void eachStatementOfATextCounts() {
        assertEquals(
                List.of("BEGIN", "SET LOCAL a = 'x;y'", "SELECT 1\n\tFROM \"b;c\"", "DO $$ BEGIN; END $$", "SELECT $1"),
                StatementLog.texts("""
                        2026-11-22 02:10:01.183 UTC [7] me@here LOG:  statement: BEGIN
                        2026-11-22 02:10:01.184 UTC [7] me@here LOG:  statement: SET LOCAL a = 'x;y'; SELECT 1
                        \tFROM "b;c"
                        \t;DO $$ BEGIN; END $$
                        2026-11-22 02:10:01.185 UTC [7] me@here DETAIL:  Parameters: $1 = 'statement: x'
                        2026-11-22 02:10:01.186 UTC [7] me@here LOG:  execute <unnamed>: SELECT $1
                        """));
    }

    @Test
    void everyStatementIsSomebodys() {
        assertEquals(
                List.of(new StatementLog("2026-11-22 [7] me@here LOG:  statement", "SELECT 1")),
                StatementLog.of("2026-11-22 [7] me@here LOG:  statement: SELECT 1;\n"));
    }
}
