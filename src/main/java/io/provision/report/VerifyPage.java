package io.provision.report;

import io.provision.verify.Breach;
import io.provision.verify.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a verification found, as one page that asks nobody for anything: {@code verify.html} with its style, its scripts
 * and the data beside it. The scripts write the data as text, never as markup; their hash and the style's are the only
 * ones that the page's policy lets a browser take.
 */
public final class VerifyPage {

    /** One script, in this order: the last one begins. */
    private static final List<String> SCRIPTS = List.of("findings.js", "matrix.js", "drawing.js", "page.js");
    private static final Pattern PLACE = Pattern.compile("\\{\\{(?<name>\\w+)}}");

    private final VerifiedRun run;

    public VerifyPage(VerifiedRun run) {
        this.run = run;
    }

    public String html() {
        String style = resource("verify.css");
        String script = String.join("\n", SCRIPTS.stream().map(VerifyPage::resource).toList());
        Map<String, String> parts = Map.of(
                "policy", "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
                        + "style-src 'sha256-%s'; script-src 'sha256-%s'".formatted(hash(style), hash(script)),
                "title", escaped("%s: %s".formatted(run.ecosystem(), run.verdict().ok() ? "gate open" : "gate shut")),
                "style", style,
                "script", script,
                // No `<` in it, and so no end of the element that it is in.
                "data", data().jsonLine().replace("<", "\\u003c"),
                "text", escaped(Legible.colourless(
                        new VerifyReport(run.verdict()).text(Integer.MAX_VALUE, Palette.PLAIN))));
        return PLACE.matcher(resource("verify.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
    }

    private Document data() {
        Verdict verdict = run.verdict();
        Set<String> chosen = new HashSet<>(verdict.instances());
        return new Document()
                .put("ecosystem", run.ecosystem())
                .put("made_at", run.at().toString())
                .put("version", run.version())
                .put("places", run.places())
                .put("instances", run.services().entrySet().stream()
                        .map(instance -> new Document()
                                .put("name", instance.getKey())
                                .put("service", instance.getValue())
                                .put("chosen", chosen.contains(instance.getKey())))
                        .toList())
                .put("ways", ways(verdict.breaches()))
                .putAll(new VerifyReport(verdict).document());
    }

    /** In the words of the text; the breaches of each by their places among all. */
    private static List<Document> ways(List<Breach> breaches) {
        Map<Breach, Integer> places = new HashMap<>();
        IntStream.range(0, breaches.size()).forEach(index -> places.put(breaches.get(index), index));
        return BreachGroup.of(breaches).stream()
                .map(group -> new Document()
                        .put("from", group.from())
                        .put("to", group.to())
                        .put("store", group.store().id())
                        .put("how", group.how())
                        .put("remedy", group.remedy())
                        .put("breaches", group.breaches().stream().map(places::get).toList()))
                .toList();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream resource = VerifyPage.class.getResourceAsStream(name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
