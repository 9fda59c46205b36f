package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.provision.testing.TestEcosystem.Ran;
import java.util.List;
import java.util.stream.StreamSupport;

/** What {@code verify -o json} answered. */
record Verified(Ran ran, JsonNode document) {

    record Found(String from, String to, String store, String how, String remedy) {}

    static Verified of(Ran ran) {
        return new Verified(ran, ran.json());
    }

    /** Nobody reaches what is another's, and nothing is to be said about it. */
    void assertClean(int pairs) {
        assertEquals(0, exitCode(), this::toString);
        assertEquals(List.of(), breaches());
        assertEquals(List.of(), warnings());
        assertEquals(pairs, pairs());
    }

    /** One breach is told in these words, and in which store it is whose. */
    void assertFound(String how, String from, String to, String store) {
        assertEquals(4, exitCode(), this::toString);
        List<Found> found = breaches().stream().filter(breach -> breach.how().contains(how)).toList();
        assertEquals(1, found.size(), () -> "«" + how + "» in " + this);
        assertEquals(from, found.get(0).from(), this::toString);
        assertEquals(to, found.get(0).to(), this::toString);
        assertEquals(store, found.get(0).store());
    }

    int exitCode() {
        return ran.exitCode();
    }

    long pairs() {
        return document.get("isolation").get("pairs").asLong();
    }

    List<Found> breaches() {
        return nodes(document.get("isolation").get("breaches")).stream()
                .map(node -> new Found(
                        node.get("from").asText(),
                        node.get("to").asText(),
                        node.get("store").asText(),
                        node.get("how").asText(),
                        node.get("remedy").asText()))
                .toList();
    }

    List<String> warnings() {
        return nodes(document.get("isolation").get("warnings")).stream().map(JsonNode::asText).toList();
    }

    List<String> notes() {
        return nodes(document.get("isolation").get("notes")).stream().map(JsonNode::asText).toList();
    }

    /** As {@code instance check: detail}. */
    List<String> faults() {
        return nodes(document.get("checks")).stream()
                .filter(check -> !check.get("ok").asBoolean())
                .map(check -> "%s %s: %s".formatted(
                        check.get("instance").asText(), check.get("check").asText(), check.get("detail").asText()))
                .toList();
    }

    List<String> remedies() {
        return nodes(document.get("checks")).stream()
                .filter(check -> !check.get("ok").asBoolean())
                .map(check -> check.get("remedy").asText())
                .toList();
    }

    static List<JsonNode> nodes(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    @Override
    public String toString() {
        return "exit code %d%n%s%n%s%n%s%n%s".formatted(
                exitCode(), String.join("\n", faults()), breaches(), warnings(), ran.err());
    }
}
