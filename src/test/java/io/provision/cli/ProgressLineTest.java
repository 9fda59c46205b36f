package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final StringWriter err = new StringWriter();

    private ProgressLine line(Terminal terminal) {
        CommandContext context = new CommandContext(
                new BufferedReader(new StringReader("")), new PrintWriter(new StringWriter()), new PrintWriter(err),
                Map.of(), Path.of("."), CommandRun.CLOCK, terminal);
        SharedOptions options = new SharedOptions();
        return new ProgressLine(
                new Invocation(context, options, "init", OutputFormat.TEXT, Messages.of(context, options)));
    }

    @Test
    void whatIsWaitedForStandsOnALineOfItsOwn() {
        ProgressLine line = line(new Terminal(true, true, true, () -> 80));
        line.begins(5);

        line.waitsFor("pid 12 (user app, active, for 3 s) holds public.trades");

        assertTrue(err.toString().contains("\r\u001b[Kwaiting for pid 12"), err::toString);
        assertTrue(err.toString().contains("holds public.trades, until --timeout (10 min) is over\n"), err::toString);
    }

    @Test
    void oneHolderIsToldOnceInTenTries() {
        ProgressLine line = line(Terminal.NONE);

        for (int second = 0; second < 20; second++) {
            line.waitsFor("pid 12 (user app, active, for %d s) holds public.trades".formatted(second));
        }

        assertEquals(2, err.toString().lines().count(), err::toString);
    }
}
