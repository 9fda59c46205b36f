package io.provision.manifest;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A file of a manifest with one more instance, everything else in it byte for byte as it was: below the last instance
 * of a block, first where the instances stand between braces.
 *
 * @param text the file's new text
 * @param line that the instance stands on, counted from 1
 */
record InstanceLine(String text, int line) {

    private static final String INSTANCES = "instances";

    /**
     * @param entry the instance's name and settings, such as {@code exchange-OKX: {service: exchange-simulator}}
     * @return empty where the file has no {@code instances:} that anything can be added to
     */
    static Optional<InstanceLine> in(String text, String entry) {
        return instances(text).flatMap(tuple -> with(text, tuple, entry));
    }

    private static Optional<NodeTuple> instances(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(SourceFile.LIMIT);
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        try {
            return new Yaml(options).compose(new StringReader(text)) instanceof MappingNode root
                    ? root.getValue().stream().filter(tuple -> isKey(tuple, INSTANCES)).findFirst()
                    : Optional.empty();
        } catch (YAMLException e) {
            return Optional.empty();
        }
    }

    private static boolean isKey(NodeTuple tuple, String name) {
        return tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name);
    }

    private static Optional<InstanceLine> with(String text, NodeTuple instances, String entry) {
        Mark key = instances.getKeyNode().getStartMark();
        Node value = instances.getValueNode();
        if (isBefore(value.getStartMark(), key)) {
            return Optional.empty();
        }
        if (value instanceof ScalarNode nothing) {
            return nothing.getStartMark().getIndex() == nothing.getEndMark().getIndex()
                    ? Optional.of(below(text, key.getLine(), key.getColumn() + 2, entry))
                    : Optional.empty();
        }
        if (!(value instanceof MappingNode mapping)) {
            return Optional.empty();
        }
        if (mapping.getFlowStyle() == DumperOptions.FlowStyle.FLOW) {
            return Optional.of(between(text, mapping, entry));
        }
        List<NodeTuple> listed = mapping.getValue();
        NodeTuple last = listed.get(listed.size() - 1);
        return Optional.of(below(text, lastLine(last), last.getKeyNode().getStartMark().getColumn(), entry));
    }

    private static boolean isBefore(Mark one, Mark other) {
        return one.getIndex() < other.getIndex();
    }

    /** Where the entry's own text ends. A block's own mark is no help: it lies behind the comments that follow. */
    private static int lastLine(NodeTuple entry) {
        Node value = entry.getValueNode();
        Mark key = entry.getKeyNode().getEndMark();
        if (isBefore(value.getStartMark(), key)) {
            return key.getLine(); // an alias: the node stands where its anchor is
        }
        if (value instanceof MappingNode mapping && isBlock(mapping)) {
            return lastLine(mapping.getValue().get(mapping.getValue().size() - 1));
        }
        if (value instanceof CollectionNode<?> list && isBlock(list)) {
            return lastLine(new NodeTuple(entry.getKeyNode(), (Node) list.getValue().get(list.getValue().size() - 1)));
        }
        Mark end = value.getEndMark();
        boolean ownLine = end.getColumn() == 0 && end.getLine() > value.getStartMark().getLine();
        return ownLine ? end.getLine() - 1 : end.getLine();
    }

    private static boolean isBlock(CollectionNode<?> node) {
        return node.getFlowStyle() != DumperOptions.FlowStyle.FLOW && !node.getValue().isEmpty();
    }

    private static InstanceLine below(String text, int line, int indent, String entry) {
        int end = startOfLine(text, line + 1);
        String before = text.substring(0, end);
        String lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
        String separator = before.endsWith("\n") ? "" : lineEnd;
        return new InstanceLine(
                before + separator + " ".repeat(indent) + entry + lineEnd + text.substring(end), line + 2);
    }

    private static InstanceLine between(String text, MappingNode mapping, String entry) {
        Mark start = mapping.getStartMark();
        int lineStart = startOfLine(text, start.getLine());
        int brace = text.indexOf('{', text.offsetByCodePoints(lineStart, start.getColumn())) + 1;
        String separator = mapping.getValue().isEmpty() ? "" : ", ";
        return new InstanceLine(
                text.substring(0, brace) + entry + separator + text.substring(brace), start.getLine() + 1);
    }

    /** @param line counted from 0; behind the last line it is the text's end */
    private static int startOfLine(String text, int line) {
        int at = 0;
        for (int i = 0; i < line; i++) {
            int end = text.indexOf('\n', at);
            if (end < 0) {
                return text.length();
            }
            at = end + 1;
        }
        return at;
    }
}
