package io.provision.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A plan that was saved to be looked at, and to be applied as it is or not at all ({@code cli.md}, {@code plan --out}
 * and {@code init --plan}). It is the plan's document with a head; what is applied is planned again, and has to come
 * out the same, so that a file that was tampered with does nothing. Of its changes no more is kept than tells whether
 * another one is the same: the texts of ten thousand instances fill the memory.
 */
public final class PlanFile {

    private static final String FORMAT = "provision_plan";
    private static final int VERSION = 1;

    private final Map<String, String> scalars = new HashMap<>();
    private final Map<String, List<String>> lists = new HashMap<>();
    private Optional<List<Saved>> changes = Optional.empty();

    /** @param digest of all that is said of the change */
    private record Saved(String id, String digest) {

        static Saved read(JsonParser at) throws IOException {
            CanonicalJson change = CanonicalJson.read(at);
            return new Saved(change.scalar("id"), change.digest());
        }

        static Saved of(Document change, JsonFactory json) {
            try (JsonParser parser = json.createParser(change.jsonLine())) {
                parser.nextToken();
                return read(parser);
            } catch (IOException e) {
                throw new UncheckedIOException("a document is JSON", e);
            }
        }
    }

    private PlanFile() {}

    /**
     * @param names the instances as the command line named them; none is all
     * @param parts the stores that it is about
     * @param places the servers that it was made on, without passwords
     */
    public static Document document(
            PlanReport plan, Instant madeAt, List<String> names, List<String> parts, List<String> places) {
        return new Document()
                .put(FORMAT, VERSION)
                .put("made_at", madeAt)
                .put("names", names)
                .put("only", parts)
                .put("places", places)
                .putAll(plan.document());
    }

    /**
     * @param name of the file, for the message
     * @throws IOException where it cannot be read
     * @throws ProvisionException USAGE where it is no saved plan, or one of another format
     */
    public static PlanFile read(String name, Reader text) throws IOException {
        PlanFile file = new PlanFile();
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                file.readFields(parser);
            }
        } catch (JsonProcessingException e) {
            throw unreadable(name, "it is not JSON");
        }
        String version = file.scalar(FORMAT);
        if (!version.matches("-?\\d+") || file.changes.isEmpty()) {
            throw unreadable(name, "it was not written by plan --out");
        }
        if (!version.equals(Integer.toString(VERSION))) {
            throw unreadable(name, "it is of another version of provision");
        }
        return file;
    }

    private static ProvisionException unreadable(String name, String why) {
        return new ProvisionException(
                ExitCode.USAGE,
                Problem.error("%s cannot be applied: %s".formatted(name, why))
                        .remedy("make it anew with `provision plan --out`"));
    }

    private void readFields(JsonParser at) throws IOException {
        while (at.nextToken() != JsonToken.END_OBJECT) {
            String field = at.currentName();
            JsonToken value = at.nextToken();
            if (value == JsonToken.START_ARRAY && field.equals("changes")) {
                changes = Optional.of(readChanges(at));
            } else if (value == JsonToken.START_ARRAY) {
                lists.put(field, readTexts(at));
            } else if (value.isScalarValue()) {
                scalars.put(field, at.getText());
            } else {
                at.skipChildren();
            }
        }
    }

    private static List<Saved> readChanges(JsonParser at) throws IOException {
        List<Saved> changes = new ArrayList<>();
        while (at.nextToken() != JsonToken.END_ARRAY) {
            changes.add(Saved.read(at));
        }
        return changes;
    }

    private static List<String> readTexts(JsonParser at) throws IOException {
        List<String> texts = new ArrayList<>();
        while (at.nextToken() != JsonToken.END_ARRAY) {
            if (at.currentToken().isScalarValue()) {
                texts.add(at.getText());
            }
            at.skipChildren();
        }
        return texts;
    }

    private String scalar(String name) {
        return scalars.getOrDefault(name, "");
    }

    public String madeAt() {
        return scalar("made_at");
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
        return List.copyOf(lists.getOrDefault(key, List.of()));
    }

    /**
     * What makes it stale.
     *
     * @param now the same plan, made anew
     * @return a line for each change that is not the same; none where it may be applied
     */
    public List<String> differences(PlanReport now) {
        List<Saved> then = changes.orElseThrow();
        List<Saved> today = new ArrayList<>();
        JsonFactory json = new JsonFactory();
        now.changes().forEach(change -> today.add(Saved.of(change, json)));
        if (scalar("fingerprint").equals(now.fingerprint()) && then.equals(today)) {
            return List.of();
        }
        Map<String, String> before = byId(then);
        Map<String, String> after = byId(today);
        TreeSet<String> ids = new TreeSet<>(before.keySet());
        ids.addAll(after.keySet());
        List<String> differences = new ArrayList<>();
        for (String id : ids) {
            difference(Optional.ofNullable(before.get(id)), Optional.ofNullable(after.get(id)))
                    .ifPresent(what -> differences.add(id + " " + what));
        }
        return differences.isEmpty() ? List.of("what stands is not as it was") : differences;
    }

    private static Optional<String> difference(Optional<String> then, Optional<String> today) {
        if (then.equals(today)) {
            return Optional.empty();
        }
        if (today.isEmpty()) {
            return Optional.of("is not to be done any more");
        }
        return Optional.of(then.isEmpty() ? "is to be done now, too" : "is to be done otherwise");
    }

    private static Map<String, String> byId(List<Saved> changes) {
        Map<String, String> byId = new HashMap<>();
        changes.forEach(change -> byId.put(change.id(), change.digest()));
        return byId;
    }
}
