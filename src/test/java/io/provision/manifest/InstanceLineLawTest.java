package io.provision.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** However a manifest is laid out: one instance more, and nothing else is another than it was. */
class InstanceLineLawTest {

    private static final String ENTRY = "cache-N: {service: cache-service}";

    /** An instance's settings; {@code >} stands for the indentation of the instance, {@code +} for one more. */
    private static final List<String> SETTINGS = List.of(
            " {}", "", " # none", " *all", " {ports: {http: 81}} # mine", " {ports: {http: 81},\n+sql: x\n>}",
            "\n+ports:\n++http: 81 # {", "\n+readers:\n+- a\n+- *name", "\n+readers:\n++- a\n++- *name # one",
            "\n+readers: [a,\n+b]", "\n+sql: >-\n++one\n++two\n", "\n+sql: |-\n++one", "\n+sql: \"one\n++two\"",
            "\n+sql: 'ä🚀'", "\n+sql: one\n++two", "\n+readers:\n+-\n+- b", "\n+readers:\n+- {a: b,\n++c: d}",
            "\n+readers:\n+- - a\n+  - *name", " &more\n+sql: x", " !!map\n+sql: x", "\n\n+# first\n\n+sql: x");
    private static final List<String> BETWEEN =
            List.of("", "", "", "\n", "# a comment\n", ">    # indented\n\n", "  # a: {}\n");
    private static final List<String> BEFORE = List.of(
            "", "---\n", "# head\n\n", "%YAML 1.1\n---\n", "services: {instances: {a: b}}\n", "x: >\n  instances:\n\n");
    private static final List<String> BEHIND =
            List.of("", "", "...\n", "# end\n", "\ndefaults:\n  a: {}\n", "defaults: {}", "# end");
    private static final List<String> HEADS = List.of("instances:\n", "instances: # all\n", "\"instances\":\n\n",
            "instances: &here\n", "instances: !!map\n");

    @Test
    void everythingElseStaysByteForByteAndReadsAsBefore() {
        for (long seed = 0; seed < 2_000; seed++) {
            String before = manifest(new Random(seed));
            String about = "seed " + seed + ":\n" + before;

            InstanceLine added = InstanceLine.in(before, ENTRY).orElseThrow(() -> new AssertionError(about));

            String line = added.text().split("\r\n|\r|\n", -1)[added.line() - 1];
            assertEquals(ENTRY, line.strip(), about);
            int at = added.text().indexOf(ENTRY);
            String without = withoutLine(added.text(), at - (line.length() - ENTRY.length()), line.length());
            assertEquals(before.replaceAll("[\r\n]+$", ""), without.replaceAll("[\r\n]+$", ""), about);
            assertEquals(withEntry(before), read(added.text()), about);
        }
    }

    private static String withoutLine(String text, int at, int length) {
        String behind = text.substring(at + length);
        return text.substring(0, at) + behind.replaceFirst("^(\r\n|\r|\n)", "");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> withEntry(String text) {
        Map<String, Object> root = read(text);
        Map<String, Object> instances = new LinkedHashMap<>((Map<String, Object>) root.get("instances"));
        instances.put("cache-N", Map.of("service", "cache-service"));
        root.put("instances", instances);
        return root;
    }

    private static Map<String, Object> read(String text) {
        return new LinkedHashMap<>(new Yaml().load(text));
    }

    private static String manifest(Random random) {
        StringBuilder text = new StringBuilder(one(BEFORE, random));
        text.append("anchors: [&all {protect: true}, &name someone]\n").append(one(HEADS, random));
        String indent = " ".repeat(1 + random.nextInt(4));
        String more = " ".repeat(1 + random.nextInt(4));
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            text.append(one(BETWEEN, random).replace(">", indent));
            String settings = one(SETTINGS, random);
            String start = random.nextInt(12) == 0 && !settings.startsWith("\n") ? "? cache-" + i + "\n" + indent + ":"
                    : "cache-" + i + ":";
            text.append(indent).append(start);
            List<String> lines = new ArrayList<>(List.of(settings.split("\n", -1)));
            for (int l = 1; l < lines.size(); l++) {
                lines.set(l, lines.get(l).startsWith("+") || lines.get(l).startsWith(">")
                        ? indent + lines.get(l).replaceFirst("^>", "").replaceFirst("^\\+\\+", more + more)
                                .replaceFirst("^\\+", more)
                        : lines.get(l));
            }
            text.append(String.join("\n", lines)).append('\n');
        }
        text.append(one(BETWEEN, random).replace(">", indent)).append(one(BEHIND, random));
        String ended = random.nextInt(5) == 0 ? text.toString().stripTrailing() : text.toString();
        return ended.replace("\n", List.of("\n", "\n", "\r\n", "\r").get(random.nextInt(4)));
    }

    private static String one(List<String> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
