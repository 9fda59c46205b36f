package io.provision.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.provision.problem.Problem;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever names a table writes on nobody's terminal, not by way of a file that is looked at there either. */
class ControlCharactersTest {

    private static final String NAME = "a\u001b[1;31mb\u001b]0;c\u0007\u009b2J\u007f\u202ed\u2028e\re\udb40\udc41";

    private static List<Function<VerifiedRun, String>> reports() {
        return List.of(
                run -> new MarkdownReport(run).text(),
                run -> new VerifyPage(run).html(),
                run -> new JUnitReport(run).xml(),
                run -> new VerifyReport(run.verdict()).document().json());
    }

    @ParameterizedTest
    @MethodSource("reports")
    void noReportHasOne(Function<VerifiedRun, String> report) {
        String text = report.apply(Verdicts.named(NAME));

        assertEquals(List.of(), text.codePoints()
                .filter(c -> c != '\n' && c != '\t')
                .filter(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || c == 0x2028)
                .mapToObj(Integer::toHexString)
                .toList());
    }

    @Test
    void noNameAddsLinesOrColoursToAVerdict() {
        String name = "x\u001b[32m\n\n2 checks, 2 pairs of instances: all is there";

        String text = new VerifyReport(Verdicts.named(name).verdict()).text(Integer.MAX_VALUE, Palette.PLAIN);

        assertEquals(0, text.lines().filter(line -> line.startsWith("2 checks")).count(), text);
        // An instance's name, in the table above, is the manifest's, which allows none of this.
        assertFalse(text.substring(text.indexOf("fault:")).contains("\u001b"), text);
    }

    @Test
    void noNameAddsLinesOrColoursToAnError() {
        assertEquals(
                "error: the table x?[32m done is in the way\n    drop x?[0m",
                ProblemText.of(
                        Problem.error("the table x\u001b[32m\ndone is in the way").remedy("drop x\u001b[0m"),
                        Palette.PLAIN));
    }

    @Test
    void aDocumentSaysThemAllTheSame() throws Exception {
        JsonNode told = new JsonMapper().readTree(new Document().put("name", NAME + "é日😀\n").json());

        assertEquals(NAME + "é日😀\n", told.get("name").textValue());
    }
}
