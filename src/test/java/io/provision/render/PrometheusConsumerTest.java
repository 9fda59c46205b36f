package io.provision.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.testing.Pause;
import io.provision.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Prometheus scrapes fake instances as it is rendered to, and answers each question of both dashboards. */
@Tag("full")
class PrometheusConsumerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern NAMED_LABELS =
            Pattern.compile("(?:by|on) \\(([\\w, ]+)\\)|(\\w+)\\s*(?:=~|!~|!=|=(?!=))\\s*\"");

    @TempDir
    private Path folder;

    private final Map<String, FakeInstance> fakes = new HashMap<>();

    /** @param panel its row and title */
    private record Question(String panel, String expression, String legend) {}

    @AfterEach
    void stop() {
        fakes.values().forEach(FakeInstance::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prometheus.yml", "prometheus-file-sd.yml"})
    void everyPanelHasDataAndEveryLabelThatItNamesIsThere(String file) throws Exception {
        Program.assumeInstalled("prometheus");
        Manifest manifest = Rendered.shippedWith(folder, """
                  exchange-Down: {service: exchange-simulator}
                  exchange-Absent: {service: exchange-simulator}
                """);
        Rendered.into(folder, manifest, RenderTarget.PROMETHEUS, RenderTarget.GRAFANA);
        List<Question> questions = new ArrayList<>(questions("infrastructure"));
        questions.addAll(questions("entities"));
        String address = RunningPrometheus.freeAddress();
        redirect(manifest, address);

        try (RunningPrometheus prometheus = RunningPrometheus.start(
                folder.resolve("prometheus").resolve(file), address)) {
            awaitData(prometheus, questions);

            for (Question question : questions) {
                assertLegend(question, prometheus.query(question.expression()));
                assertTrue(prometheus.labels().containsAll(labelsIn(question.expression())), question::toString);
            }
            assertScrapedAsListed(prometheus, manifest);
            assertStatus(prometheus, questions);
        }
    }

    /** Scraped here and often, alerts at once; one instance does not answer, one is not scraped at all. */
    private void redirect(Manifest manifest, String prometheus) throws IOException {
        Map<String, String> addresses = new HashMap<>(Map.of("localhost:9090", prometheus));
        for (Instance instance : manifest.instances()) {
            FakeInstance fake = fakes.computeIfAbsent(instance.name(), name -> FakeInstance.ofService());
            addresses.put(instance.composeService() + ":8080", fake.address());
        }
        addresses.put("cadvisor:8080", fakes.computeIfAbsent("cadvisor", name -> FakeInstance.ofCadvisor()).address());
        fakes.get("exchange-Down").close();
        for (String file : List.of("prometheus.yml", "prometheus-file-sd.yml", "targets.yml")) {
            Path path = folder.resolve("prometheus").resolve(file);
            String text = Files.readString(path).replace("15s", "1s").replace("rules.yml", "rules-quick.yml");
            text = text.replaceAll(" *- targets:\n *- exchange-absent:8080\n *labels:\n( +\\w+: \\S+\n){4,5}", "");
            for (Map.Entry<String, String> address : addresses.entrySet()) {
                text = text.replaceAll("- " + Pattern.quote(address.getKey()) + "\n", "- " + address.getValue() + "\n");
            }
            assertFalse(text.contains(":8080"), text);
            Files.writeString(path, text);
        }
        Path rules = folder.resolve("prometheus/rules.yml");
        Files.writeString(folder.resolve("prometheus/rules-quick.yml"),
                Files.readString(rules).replaceAll("for: \\dm", "for: 0s"));
    }

    private List<Question> questions(String dashboard) throws IOException {
        List<Question> questions = new ArrayList<>();
        String row = "";
        for (JsonNode panel : new ObjectMapper()
                .readTree(Files.readString(folder.resolve("grafana/" + dashboard + ".json"))).get("panels")) {
            row = panel.get("type").textValue().equals("row") ? panel.get("title").textValue() : row;
            for (JsonNode target : panel.path("targets")) {
                questions.add(new Question(row + " / " + panel.get("title").textValue(),
                        target.get("expr").textValue().replace("$service", ".+").replace("$instance", ".+")
                                .replace("$__rate_interval", "10s"),
                        target.get("legendFormat").textValue()));
            }
        }
        assertFalse(questions.isEmpty());
        return questions;
    }

    private static void awaitData(RunningPrometheus prometheus, List<Question> questions) {
        List<Question> waiting = new ArrayList<>(questions);
        await(() -> {
            waiting.removeIf(question -> {
                JsonNode answer = prometheus.query(question.expression());
                assertFalse(answer.path("status").asText().equals("error"), question + " " + answer);
                return !series(answer).isEmpty();
            });
            return waiting.isEmpty();
        }, () -> "no data: " + waiting);
    }

    private static void await(Supplier<Boolean> condition, Supplier<String> told) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.get()) {
            assertTrue(Instant.now().isBefore(end), told);
            Pause.brief();
        }
    }

    private static void assertLegend(Question question, JsonNode answer) {
        List<String> labels = LEGEND.matcher(question.legend()).results().map(match -> match.group(1)).toList();
        for (JsonNode series : series(answer)) {
            labels.forEach(label -> assertTrue(series.get("metric").hasNonNull(label), question + " " + series));
        }
    }

    private static TreeSet<String> labelsIn(String expression) {
        TreeSet<String> labels = new TreeSet<>();
        for (MatchResult match : NAMED_LABELS.matcher(expression).results().toList()) {
            labels.addAll(List.of((match.group(1) == null ? match.group(2) : match.group(1)).split(", ")));
        }
        return labels;
    }

    private static void assertScrapedAsListed(RunningPrometheus prometheus, Manifest manifest) {
        Map<String, JsonNode> scraped = new HashMap<>();
        series(prometheus.query("up{instance_name!=\"\"}")).forEach(series ->
                scraped.put(series.at("/metric/instance_name").textValue(), series.get("metric")));
        assertEquals(manifest.instances().size() - 1, scraped.size());
        for (Instance instance : manifest.instances()) {
            JsonNode labels = scraped.get(instance.name());
            if (labels != null) {
                InstanceLabels.of(instance).forEach((name, value) ->
                        assertEquals(value, labels.get(name).textValue(), instance.name()));
                assertEquals(instance.identity().service(), labels.get("job").textValue());
            }
        }
    }

    private static void assertStatus(RunningPrometheus prometheus, List<Question> questions)
            throws InterruptedException {
        Question health = questions.stream()
                .filter(question -> question.panel().equals("Instances / Health of the instances"))
                .findFirst().orElseThrow();
        Map<String, String> values = new HashMap<>();
        series(prometheus.query(health.expression())).forEach(series -> values.put(
                series.at("/metric/instance_name").textValue(), series.at("/value/1").textValue()));
        assertEquals(9, values.size());
        assertEquals("1", values.get("exchange-OKX"));
        assertEquals("0", values.get("exchange-Down"));
        assertEquals("-1", values.get("exchange-Absent"));
        String firing = "ALERTS{alertstate=\"firing\",instance_name=\"exchange-%s\",alertname=\"Instance%1$s\"}";
        await(() -> !series(prometheus.query(firing.formatted("Down"))).isEmpty()
                && !series(prometheus.query(firing.formatted("Absent"))).isEmpty(), () -> "no alert");
    }

    private static List<JsonNode> series(JsonNode answer) {
        List<JsonNode> series = new ArrayList<>();
        answer.at("/data/result").forEach(series::add);
        return series;
    }
}
