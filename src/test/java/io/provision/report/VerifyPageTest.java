package io.provision.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page as text; what a browser makes of it, {@link VerifyPageBrowserTest} shows. */
class VerifyPageTest {

    private static final Pattern DATA =
            Pattern.compile("<script id=\"data\" type=\"application/json\">(.*?)</script>", Pattern.DOTALL);

    @Test
    void itsPolicyLetsTheBrowserTakeNothingButItsOwnStyleAndScript() throws Exception {
        String page = new VerifyPage(Verdicts.open()).html();

        String policy = group("Content-Security-Policy\" content=\"(.*?)\"", page);
        assertTrue(policy.startsWith("default-src 'none'; img-src data:; "), policy);
        assertTrue(policy.contains("style-src 'sha256-" + hash(group("<style>(.*?)</style>", page)) + "'"), policy);
        assertTrue(policy.contains("script-src 'sha256-" + hash(group("<script>(.*?)</script>", page)) + "'"), policy);
        assertFalse(page.matches("(?s).*(https?:)?//[a-z0-9.]+\\.[a-z].*\\.(js|css|png).*"));
    }

    @Test
    void itsDataIsTheDocumentOfJson() throws Exception {
        JsonNode data = data(new VerifyPage(Verdicts.open()).html());

        assertEquals(new ObjectMapper().readTree(new VerifyReport(Verdicts.open().verdict()).document().json())
                .get("isolation"), data.get("isolation"));
        assertEquals(List.of("exchange-OKX", "custodian-Komainu", "audit"), data.findValuesAsText("name"));
    }

    @Test
    void nothingThatIsInASentenceGetsOutOfItsPlace() throws Exception {
        String page = new VerifyPage(Verdicts.odd()).html();

        assertEquals(Verdicts.ODD, data(page).get("isolation").get("breaches").get(0).get("how").asText());
        assertFalse(page.contains("<img"), page);
    }

    private static JsonNode data(String page) throws Exception {
        Matcher data = DATA.matcher(page);
        assertTrue(data.find());
        return new ObjectMapper().readTree(data.group(1));
    }

    private static String group(String pattern, String page) {
        Matcher found = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
        assertTrue(found.find(), pattern);
        return found.group(1);
    }

    private static String hash(String text) throws Exception {
        return Base64.getEncoder().encodeToString(
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
