package io.provision.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser, used as a person would. */
@Tag("full")
@TestInstance(Lifecycle.PER_CLASS)
class VerifyPageBrowserTest {

    private static final String ENTER = "\uE007";
    private static final String ESCAPE = "\uE00C";

    private Path folder;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path empty) throws IOException {
        folder = empty;
        browser = Browser.start(folder.resolve("profile"));
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void itSaysWhetherTheGateIsOpen() throws IOException {
        open(Verdicts.clean());
        assertEquals("The gate is open", browser.text("document.querySelector('h1').textContent"));
        assertEquals("test: gate open", browser.text("document.title"));
        assertEquals("None.", browser.text("document.getElementById('list').textContent"));

        open(Verdicts.open());
        assertEquals("The gate stays shut", browser.text("document.querySelector('h1').textContent"));
        assertEquals(
                "Instances3Pairs of instances6Checks3Breaches3Faults1Warnings1",
                browser.text("document.getElementById('tiles').textContent"));
        assertEquals(4, browser.ask("return document.querySelectorAll('.finding').length").asInt());
    }

    @Test
    void itAsksNobodyForAnythingAndTheBrowserHasNothingToComplainOf() throws IOException {
        open(Verdicts.open());

        assertEquals(0, browser.ask("return performance.getEntriesByType('resource').length").asInt());
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void whatIsInASentenceIsTextAndRunsNowhere() throws IOException {
        open(Verdicts.odd());

        assertEquals(0, browser.ask("return document.images.length").asInt());
        assertTrue(browser.text("document.querySelector('.how').textContent").startsWith("</script><img src=x"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void theMatrixIsReadWithTheKeyboardAlone() throws IOException {
        open(Verdicts.open());
        browser.ask("document.getElementById('matrix').focus(); return 1");

        browser.type("n");
        assertEquals(
                "exchange-OKX → custodian-Komainu: exchange_okx_adapter was granted USAGE on the schema"
                        + " custodian_komainu",
                readout());
        browser.type("\uE012");
        assertEquals("exchange-OKX: itself", readout());
        browser.type("nn" + ENTER);

        assertEquals("exchange-OKX → audit: everybody may write in volumes/audit", readout());
        assertEquals(
                "every instance → audit", browser.text("document.activeElement.querySelector('.who').textContent"));
    }

    @Test
    void theFilterLeavesWhatHasAllItsWords() throws IOException {
        open(Verdicts.open());

        browser.type("/custodian redis");
        assertEquals("0 findings, 0 instances", browser.text("document.getElementById('shown').textContent"));
        browser.type(ESCAPE + "custodian-simulator");

        assertEquals("1 finding, 1 instance", browser.text("document.getElementById('shown').textContent"));
        assertEquals(1, browser.ask("return document.querySelectorAll('.finding').length").asInt());
        browser.type(ESCAPE);
        assertEquals(4, browser.ask("return document.querySelectorAll('.finding').length").asInt());
    }

    @Test
    void aRemedyIsCopied() throws IOException {
        open(Verdicts.open());
        browser.ask("document.querySelector('.copy').focus(); return 1");

        browser.mayReadTheClipboard();
        browser.type(ENTER);

        assertEquals(
                "REVOKE USAGE ON SCHEMA \"custodian_komainu\" FROM \"exchange_okx_adapter\";",
                browser.text("navigator.clipboard.readText()"));
    }

    @Test
    void anInstanceShowsItsChecksAndTheTableIsSortedByItsHead() throws IOException {
        open(Verdicts.open());

        browser.ask("document.querySelectorAll('#instances thead button')[3].click(); return 1");
        assertEquals("audit", browser.text("document.querySelector('#instances tbody th').textContent"));
        assertEquals("descending", browser.text("document.querySelector('th[aria-sort]').getAttribute('aria-sort')"));
        browser.ask("document.querySelector('#instances tbody button').click(); return 1");

        assertEquals(
                "default privileges: there is none",
                browser.text("document.querySelector('.checks .fails').textContent"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void allTextStandsOutFromItsGround(String scheme) throws IOException {
        browser.prefers(scheme);
        open(Verdicts.open());

        String worst = browser.text(CONTRAST);

        // WCAG 2.2, 1.4.3: 4.5 to 1.
        assertTrue(Double.parseDouble(worst.split(" ")[0]) >= 4.5, worst);
        browser.prefers("light");
    }

    @Test
    void lightAndDarkAreNotTheSame() throws IOException {
        String ground = "getComputedStyle(document.body).backgroundColor";
        browser.prefers("light");
        open(Verdicts.clean());
        String light = browser.text(ground);
        browser.prefers("dark");
        assertNotEquals(light, browser.text(ground));
        browser.prefers("light");
    }

    @Test
    void threeHundredInstancesAreOnOnePage() throws IOException {
        open(Verdicts.many(300, 299));

        assertEquals(300, browser.ask("return document.querySelectorAll('#instances tbody tr').length").asInt());
        assertEquals(200, browser.ask("return document.querySelectorAll('.finding').length").asInt());
        browser.ask("document.getElementById('more').click(); return 1");
        assertEquals(299, browser.ask("return document.querySelectorAll('.finding').length").asInt());
        assertTrue(browser.ask("return document.getElementById('board').scrollWidth"
                + " <= document.documentElement.clientWidth").asBoolean());
        browser.ask("document.getElementById('matrix').focus(); return 1");
        browser.type("nn");
        assertTrue(readout().startsWith("exchange-1 → exchange-2: exchange_1_adapter was granted"), readout());
    }

    @Test
    void whatOneRemedyClosesTowardsManyIsOneFindingAndStillAMarkForEach() throws IOException {
        open(Verdicts.wide(49));

        assertEquals(1, browser.ask("return document.querySelectorAll('.finding').length").asInt());
        assertEquals("exchange-0 → 49 other instances", browser.text("document.querySelector('.who').textContent"));
        browser.ask("document.getElementById('matrix').focus(); return 1");
        browser.type("nn" + ENTER);
        assertEquals(
                "exchange-0 → exchange-2: exchange-0-adapter may read and write the keys exchange:2:* (by ~exchange:*)",
                readout());
        assertEquals(
                "exchange-0 → 49 other instances",
                browser.text("document.activeElement.querySelector('.who').textContent"));
        browser.type("/exchange-49");
        assertEquals("1 finding, 1 instance", browser.text("document.getElementById('shown').textContent"));
    }

    @Test
    void whereTheKeyboardGoesInTheMatrixIsSeen() throws IOException {
        open(Verdicts.many(900, 899));
        browser.ask("document.getElementById('matrix').focus(); move(899, 899); return 1");

        browser.type("p");

        assertTrue(readout().startsWith("exchange-898 → exchange-899: "), readout());
        assertTrue(browser.ask("""
                const board = document.getElementById('board');
                const seen = board.scrollTop + board.clientHeight - y(cursor.row);
                return seen >= shape.cell && seen <= board.clientHeight""").asBoolean());
    }

    /** The least contrast of any text and the ground behind it, and which text that is. */
    private static final String CONTRAST = """
            (() => {
              const rgb = (colour) => colour.match(/[\\d.]+/g).map(Number);
              const light = (colour) => {
                const [r, g, b] = colour.slice(0, 3).map((c) => c / 255)
                  .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const ground = (element) => {
                for (let e = element; e; e = e.parentElement) {
                  const colour = rgb(getComputedStyle(e).backgroundColor);
                  if (colour.length === 3 || colour[3] === 1) { return colour; }
                }
                return [255, 255, 255];
              };
              let worst = [99, ""];
              for (const element of document.querySelectorAll("body *:not(script):not(noscript):not(template)")) {
                const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
                if (!own) { continue; }
                const both = [light(rgb(getComputedStyle(element).color)), light(ground(element))];
                both.sort((a, b) => b - a);
                const ratio = (both[0] + 0.05) / (both[1] + 0.05);
                if (ratio < worst[0]) { worst = [ratio, element.outerHTML.slice(0, 80)]; }
              }
              return worst.join(" ");
            })()""";

    private String readout() {
        return browser.text("document.getElementById('readout').textContent");
    }

    private void open(VerifiedRun run) throws IOException {
        Path page = folder.resolve("verify.html");
        Files.writeString(page, new VerifyPage(run).html());
        browser.open(page);
    }
}
