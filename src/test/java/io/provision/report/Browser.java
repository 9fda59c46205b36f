package io.provision.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.provision.testing.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debian's Chromium, without a window, driven by its own driver (W3C WebDriver, over plain HTTP). */
final class Browser implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final String root;
    private final String session;

    private Browser(Process driver, int port, Path profile) {
        this.driver = driver;
        this.root = "http://127.0.0.1:" + port;
        this.session = "/session/" + send("/session", Map.of("capabilities", Map.of("alwaysMatch", Map.of(
                "goog:loggingPrefs", Map.of("browser", "ALL"),
                "goog:chromeOptions", Map.of("args", arguments(profile)))))).get("sessionId").asText();
    }

    /** Skips the test where it is not here. */
    static Browser start(Path profile) throws IOException {
        Program.assumeInstalled("chromium");
        Program.assumeInstalled("chromedriver");
        Process driver = new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true).start();
        BufferedReader said = driver.inputReader();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                return new Browser(driver, Integer.parseInt(port.group(1)), profile);
            }
        }
        throw new IOException("chromedriver did not start");
    }

    private static List<String> arguments(Path profile) {
        List<String> arguments = new ArrayList<>(List.of(
                "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--window-size=1360,900",
                "--user-data-dir=" + profile));
        // Its sandbox is not for root.
        if (System.getProperty("user.name").equals("root")) {
            arguments.add("--no-sandbox");
        }
        return arguments;
    }

    void open(Path page) {
        send(session + "/url", Map.of("url", page.toUri().toString()));
    }

    /** @param script ends in {@code return …} */
    JsonNode ask(String script) {
        return send(session + "/execute/sync", Map.of("script", script, "args", List.of()));
    }

    String text(String script) {
        return ask("return " + script).asText();
    }

    /** Types at whatever has the focus; {@code \uE007} is Enter, {@code \uE00C} Escape. */
    void type(String keys) {
        List<Map<String, String>> actions = new ArrayList<>();
        keys.chars().mapToObj(key -> String.valueOf((char) key)).forEach(key -> {
            actions.add(Map.of("type", "keyDown", "value", key));
            actions.add(Map.of("type", "keyUp", "value", key));
        });
        send(session + "/actions", Map.of("actions", List.of(
                Map.of("type", "key", "id", "keyboard", "actions", actions))));
    }

    void prefers(String scheme) {
        send(session + "/goog/cdp/execute", Map.of(
                "cmd", "Emulation.setEmulatedMedia",
                "params", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme)))));
    }

    void mayReadTheClipboard() {
        send(session + "/goog/cdp/execute", Map.of(
                "cmd", "Browser.grantPermissions",
                "params", Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite"))));
    }

    /** What the browser itself complains of. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        send(session + "/se/log", Map.of("type", "browser"))
                .forEach(entry -> complaints.add(entry.get("message").asText()));
        return complaints;
    }

    private JsonNode send(String path, Object body) {
        try {
            String text = JSON.writeValueAsString(body);
            return send(path, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode send(String path, HttpRequest.Builder request) {
        try {
            HttpRequest whole = request.uri(URI.create(root + path)).header("Content-Type", "application/json").build();
            JsonNode answer = JSON.readTree(http.send(whole, BodyHandlers.ofString()).body()).get("value");
            if (answer.has("error")) {
                throw new AssertionError(path + ": " + answer.get("message").asText());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(path, e);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = driver.descendants().toList();
        send(session, HttpRequest.newBuilder().DELETE());
        driver.destroy();
        all.forEach(ProcessHandle::destroy);
    }
}
