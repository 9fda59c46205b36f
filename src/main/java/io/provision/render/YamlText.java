package io.provision.render;

import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;

/** Writes maps, lists, strings and numbers as YAML that readers of YAML 1.1 and 1.2 take for the same. */
final class YamlText {

    private YamlText() {}

    /** Block style, in the order of the map, strings quoted only where they would be taken for something else. */
    static String of(Object document) {
        YamlDump yaml = block();
        return BlockYaml.of(document, text -> yaml.dump(Map.of("k", text))).orElseGet(() -> yaml.dump(document));
    }

    /** SnakeYAML, with what it does otherwise than by itself. */
    static YamlDump block() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndent(2);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setSplitLines(false);
        options.setLineBreak(DumperOptions.LineBreak.UNIX);
        // Two services may share one value; an anchor between them would be read by nobody's eyes.
        options.setDereferenceAliases(true);
        return new YamlDump(options);
    }

    /** On one line, without its end. A dollar is the manifest's own sign, and is doubled. */
    static String flow(Object value) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.FLOW);
        options.setSplitLines(false);
        options.setWidth(Integer.MAX_VALUE);
        options.setDereferenceAliases(true);
        return new YamlDump(options).dump(value).strip().replace("$", "$$");
    }

    /** In block style below comments. */
    static String of(String comments, Object document) {
        return commented(comments) + of(document);
    }

    private static String commented(String text) {
        StringBuilder comments = new StringBuilder();
        text.lines().forEach(line -> comments.append(line.isEmpty() ? "#" : "# " + line).append('\n'));
        return comments.toString();
    }
}
