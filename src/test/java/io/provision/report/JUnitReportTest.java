package io.provision.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A pipeline reads the results of a verification as it reads those of tests. */
class JUnitReportTest {

    @Test
    void everyCheckIsATestAndEveryInstanceReachesNoOther() throws Exception {
        Element suites = read(Verdicts.open());

        assertEquals("7 4", suites.getAttribute("tests") + " " + suites.getAttribute("failures"));
        assertEquals(
                List.of("exchange-OKX 1 0", "custodian-Komainu 0 0", "audit 2 1", "isolation 4 3"),
                elements(suites, "testsuite").stream()
                        .map(suite -> "%s %s %s".formatted(
                                suite.getAttribute("name"),
                                suite.getAttribute("tests"),
                                suite.getAttribute("failures")))
                        .toList());
    }

    @Test
    void aFailureSaysWhatAndHowToMendIt() throws Exception {
        List<Element> failures = elements(read(Verdicts.open()), "failure");

        assertEquals(
                List.of("there is none", "reaches custodian-Komainu", "reaches every other instance", "reaches audit"),
                failures.stream().map(failure -> failure.getAttribute("message")).toList());
        assertEquals("ALTER …", failures.get(0).getTextContent());
        assertEquals(
                "from exchange-OKX to custodian-Komainu (postgres): exchange_okx_adapter was granted USAGE on the"
                        + " schema custodian_komainu\nREVOKE USAGE ON SCHEMA \"custodian_komainu\" FROM"
                        + " \"exchange_okx_adapter\";",
                failures.get(1).getTextContent());
    }

    @Test
    void anInstanceThatIsCalledLikeTheLastSuiteKeepsItsChecks() throws Exception {
        List<Element> suites = elements(read(Verdicts.failing("isolation")), "testsuite");

        assertEquals(List.of("isolation 1", "isolation 0"), suites.stream()
                .map(suite -> suite.getAttribute("name") + " " + suite.getAttribute("failures"))
                .toList());
    }

    @Test
    void warningsAndNotesAreItsOutput() throws Exception {
        assertEquals(
                "warning: a warning of <b>them</b>\nnote: every user may SCAN",
                elements(read(Verdicts.clean()), "system-out").get(0).getTextContent());
    }

    @Test
    void nothingThatIsInANameOrASentenceBreaksIt() throws Exception {
        String written = Verdicts.ODD.replace('\u0001', '\uFFFD');

        Element suites = read(Verdicts.odd());

        assertEquals(written, elements(suites, "testcase").get(0).getAttribute("name"));
        assertEquals(written, elements(suites, "failure").get(0).getTextContent());
        assertTrue(elements(suites, "img").isEmpty());
    }

    private static Element read(VerifiedRun run) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(new JUnitReport(run).xml())))
                .getDocumentElement();
    }

    private static List<Element> elements(Element in, String name) {
        NodeList found = in.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
    }
}
