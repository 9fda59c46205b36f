package io.provision.render;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Block style as SnakeYAML writes it, to the byte, without the nodes, events and states that it makes of each value:
 * of a thousand instances that is most of the time. Of a value that is not plain it is asked, once.
 */
final class BlockYaml {

    /** What SnakeYAML leaves plain behind some of them, it is asked for. */
    private static final String LEADING = " #,[]{}&*!|>'\"%@`?:-.";

    /** What many paths begin with. Unlike other texts that begin with a dot, these can be nothing else. */
    private static final String HERE = "./";

    /** The longest word that is something else than a text, such as {@code false}. */
    private static final int LONGEST_WORD = 5;

    /** A longer key may stand behind a question mark, on a line of its own. */
    private static final int LONGEST_KEY = 100;

    private final UnaryOperator<String> document;
    private final YamlWords words = new YamlWords();
    private final Map<String, String> quoted = new HashMap<>();
    private final Map<String, Boolean> texts = new HashMap<>();
    private final Set<String> plainKeys = new HashSet<>();
    private final StringBuilder text = new StringBuilder();
    private boolean written = true;

    /** @param document SnakeYAML's own text of a document that is this text alone, below the key {@code k} */
    private BlockYaml(UnaryOperator<String> document) {
        this.document = document;
    }

    /** @return empty where something is in it that only SnakeYAML can write, such as a text of several lines */
    static Optional<String> of(Object value, UnaryOperator<String> document) {
        BlockYaml yaml = new BlockYaml(document);
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            yaml.map(map, 0, true);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            yaml.list(list, 2);
        } else {
            return Optional.empty();
        }
        return yaml.written ? Optional.of(yaml.text.toString()) : Optional.empty();
    }

    /** @param indentFirst false where the first key stands behind a dash */
    private void map(Map<?, ?> map, int column, boolean indentFirst) {
        boolean indent = indentFirst;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (indent) {
                indent(column);
            }
            indent = true;
            if (entry.getKey() instanceof String key && isPlainKey(key)) {
                text.append(key).append(':');
            } else {
                written = false;
            }
            value(entry.getValue(), column + 2);
        }
    }

    private void value(Object value, int column) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            text.append('\n');
            map(map, column, true);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            text.append('\n');
            list(list, column);
        } else {
            text.append(' ').append(small(value)).append('\n');
        }
    }

    private void list(List<?> list, int column) {
        for (Object item : list) {
            indent(column);
            text.append("- ");
            if (item instanceof Map<?, ?> map && !map.isEmpty()) {
                map(map, column + 2, false);
            } else {
                text.append(small(item)).append('\n');
            }
        }
    }

    private String small(Object value) {
        if (value instanceof String string) {
            return scalar(string);
        }
        if (value instanceof Integer || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof Map<?, ?> map && map.isEmpty()) {
            return "{}";
        }
        if (value instanceof List<?> list && list.isEmpty()) {
            return "[]";
        }
        written = false;
        return "";
    }

    private String scalar(String string) {
        return isPlain(string) ? string : quoted.computeIfAbsent(string, this::ask);
    }

    /** Each service has the same ones. */
    private boolean isPlainKey(String key) {
        return plainKeys.contains(key) || key.length() < LONGEST_KEY && isPlain(key) && plainKeys.add(key);
    }

    private boolean isPlain(String string) {
        return looksPlain(string) && isText(string);
    }

    private static boolean looksPlain(String string) {
        if (string.isEmpty() || LEADING.indexOf(string.charAt(0)) >= 0 && !string.startsWith(HERE)) {
            return false;
        }
        char before = ' ';
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c < ' ' || c > '~' || c == ' ' && before == ':' || c == '#' && before == ' ') {
                return false;
            }
            before = c;
        }
        return before != ':' && before != ' ';
    }

    /** And no number, date, boolean or null. */
    private boolean isText(String string) {
        return string.length() > LONGEST_WORD && Character.isLetter(string.charAt(0))
                || string.startsWith(HERE)
                || texts.computeIfAbsent(string, some -> words.resolve(NodeId.scalar, some, true).equals(Tag.STR));
    }

    private String ask(String string) {
        String line = document.apply(string);
        boolean one = line.startsWith("k: ") && line.indexOf('\n') == line.length() - 1;
        written &= one;
        return one ? line.substring(3, line.length() - 1) : "";
    }

    private void indent(int columns) {
        for (int i = 0; i < columns; i++) {
            text.append(' ');
        }
    }
}
