package io.provision.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Golden;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A comment on a pull request. */
class MarkdownReportTest {

    private static final int GITHUB_TAKES = 65_536;

    @Test
    void anOpenGate() throws IOException {
        Golden.assertSame("verify/clean.md", new MarkdownReport(Verdicts.clean()).text());
    }

    @Test
    void aShutGateWithEachFindingAndItsRemedy() throws IOException {
        Golden.assertSame("verify/open.md", new MarkdownReport(Verdicts.open()).text());
    }

    @Test
    void whatIsInASentenceIsNoMarkupAndCallsNobody() {
        String text = new MarkdownReport(Verdicts.odd()).text();

        String outside = text.replaceAll("(?s)  (````*)\n.*?\\1\n", "");
        assertFalse(outside.contains("<img"), outside);
        assertFalse(outside.contains("@everybody"), outside);
        assertTrue(outside.contains("\\*\\*d\\*\\*"), outside);
    }

    @Test
    void whatGithubDoesNotTakeIsCounted() {
        String text = new MarkdownReport(Verdicts.many(2_001, 2_000)).text();

        assertTrue(text.length() < GITHUB_TAKES, () -> "" + text.length());
        long told = text.lines().filter(line -> line.startsWith("- **breach**")).count();
        assertTrue(text.contains("… and %d more: ".formatted(2_000 - told)));
        assertEquals(0, text.lines().filter(line -> line.strip().equals("```")).count() % 2);
    }
}
