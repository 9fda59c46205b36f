package io.provision.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * A plan that was saved to be looked at, and to be applied as it is or not at all ({@code cli.md}, {@code plan --out}
 * and {@code init --plan}). It is the plan's document with a head; what is applied is planned again, and has to come
 * out the same, so that a file that was tampered with does nothing.
 */
public final class PlanFile {

    private static final String FORMAT = "provision_plan";
    private static final int VERSION = 1;

    private final JsonNode root;

    private PlanFile(JsonNode root) {
        this.root = root;
    }

    /**
     * @param names the instances as the command line named them; none is all
     * @param parts the stores that it is about
     * @param places the servers that it was made on, without passwords
     */
    public static String text(
            PlanReport plan, Instant madeAt, List<String> names, List<String> parts, List<String> places) {
        return new Document()
                .put(FORMAT, VERSION)
                .put("made_at", madeAt)
                .put("names", names)
                .put("only", parts)
                .put("places", places)
                .putAll(plan.document())
                .json();
    }

    /**
     * @param name of the file, for the message
     * @throws ProvisionException USAGE where it is no saved plan, or one of another format
     */
    public static PlanFile read(String name, String text) {
        JsonNode root;
        try {
            root = new JsonMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw unreadable(name, "it is not JSON");
        }
        if (!root.path(FORMAT).canConvertToInt() || !root.path("changes").isArray()) {
            throw unreadable(name, "it was not written by plan --out");
        }
        if (root.path(FORMAT).intValue() != VERSION) {
            throw unreadable(name, "it is of another version of provision");
        }
        return new PlanFile(root);
    }

    private static ProvisionException unreadable(String name, String why) {
        return new ProvisionException(
                ExitCode.USAGE,
                Problem.error("%s cannot be applied: %s".formatted(name, why))
                        .remedy("make it anew with `provision plan --out`"));
    }

    public String madeAt() {
        return root.path("made_at").asText();
    }

    public List<String> names() {
        return texts("names");
    }

    public List<String> parts() {
        return texts("only");
    }

    public List<String> places() {
        return texts("places");
    }

    private List<String> texts(String key) {
        return StreamSupport.stream(root.path(key).spliterator(), false).map(JsonNode::asText).toList();
    }

    /**
     * What makes it stale.
     *
     * @param now the same plan, made anew
     * @return a line for each change that is not the same; none where it may be applied
     */
    public List<String> differences(PlanReport now) {
        JsonNode fresh = parsed(now);
        if (fresh.path("fingerprint").equals(root.path("fingerprint"))
                && fresh.path("changes").equals(root.path("changes"))) {
            return List.of();
        }
        Map<String, JsonNode> then = byId(root);
        Map<String, JsonNode> today = byId(fresh);
        TreeSet<String> ids = new TreeSet<>(then.keySet());
        ids.addAll(today.keySet());
        List<String> differences = new ArrayList<>();
        for (String id : ids) {
            difference(Optional.ofNullable(then.get(id)), Optional.ofNullable(today.get(id)))
                    .ifPresent(what -> differences.add(id + " " + what));
        }
        return differences.isEmpty() ? List.of("what stands is not as it was") : differences;
    }

    private static Optional<String> difference(Optional<JsonNode> then, Optional<JsonNode> today) {
        if (then.equals(today)) {
            return Optional.empty();
        }
        if (today.isEmpty()) {
            return Optional.of("is not to be done any more");
        }
        return Optional.of(then.isEmpty() ? "is to be done now, too" : "is to be done otherwise");
    }

    private static JsonNode parsed(PlanReport plan) {
        try {
            return new JsonMapper().readTree(plan.document().json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document is JSON", e);
        }
    }

    private static Map<String, JsonNode> byId(JsonNode plan) {
        Map<String, JsonNode> changes = new LinkedHashMap<>();
        plan.path("changes").forEach(change -> changes.put(change.path("id").asText(), change));
        return changes;
    }
}
