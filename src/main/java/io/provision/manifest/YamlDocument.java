package io.provision.manifest;

import io.provision.problem.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** One file's YAML as {@link Value}s. Strict: what YAML allows and a manifest does not need is told and left out. */
final class YamlDocument {

    /** Nodes that aliases may add; ten thousand instances that share an anchor of a hundred settings stay below. */
    private static final long ALIASED_NODES_LIMIT = 2_000_000;
    private static final String STANDARD_TAGS = "tag:yaml.org,2002:";
    private static final Resolver WORDS = new WordResolver();

    private final String file;
    private final Variables variables;
    private final Faults faults;
    private final Map<Node, Value> converted = new IdentityHashMap<>();
    private final Map<Node, Long> sizes = new IdentityHashMap<>();
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

    /** No other way leads half a character into a text. */
    private final boolean escapes;

    private YamlDocument(SourceFile source, Variables variables, Faults faults) {
        this.file = source.name();
        this.escapes = source.text().contains("\\u") || source.text().contains("\\U");
        this.variables = variables;
        this.faults = faults;
    }

    /** @return the document's value, {@link Value.Broken} when there is none, which has been told */
    static Value read(SourceFile source, Variables variables, Faults faults) {
        YamlSyntax syntax = new YamlSyntax(source, faults);
        if (syntax.hasTabs()) {
            return new Value.Broken(Place.of(source.name()));
        }
        return new YamlDocument(source, variables, faults).read(source, syntax);
    }

    private Value read(SourceFile source, YamlSyntax syntax) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(SourceFile.LIMIT);
        // A shared anchor is used by every instance; bombs are counted by what they expand to, in convert().
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        options.setProcessComments(false);
        try {
            // Not through `Yaml`, which makes ready to build and to write objects as well.
            Composer documents = new Composer(
                    new ParserImpl(new StreamReader(source.text()), options), WORDS, options);
            if (!documents.checkNode()) {
                return broken(Place.of(file), "the manifest is empty", "docs and examples begin with `ecosystem:`");
            }
            Node first = documents.getNode();
            if (documents.checkNode()) {
                return broken(place(documents.getNode().getStartMark()), "a second YAML document begins here",
                        "a manifest is one document; give several files with several -f");
            }
            return root(first);
        } catch (YAMLException e) {
            syntax.tell(e);
            return new Value.Broken(Place.of(file));
        }
    }

    private Value root(Node node) {
        Value value = convert(node);
        if (value instanceof Value.Empty) {
            return broken(Place.of(file), "the manifest is empty", "docs and examples begin with `ecosystem:`");
        }
        return value;
    }

    private Value convert(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar);
        }
        if (open.contains(node)) {
            return broken(place(node.getStartMark()), "an alias refers to what it stands in", "write it out");
        }
        if (converted.containsKey(node)) {
            return converted.get(node);
        }
        open.add(node);
        Value value = collection(node);
        open.remove(node);
        converted.put(node, value);
        return value;
    }

    private Value collection(Node node) {
        Place place = place(node.getStartMark());
        boolean ownTag = !node.getTag().equals(Tag.MAP) && !node.getTag().equals(Tag.SEQ);
        Value value = ownTag ? tagged(node) : untagged(node);
        long size = size(node);
        sizes.put(node, Math.min(size, ALIASED_NODES_LIMIT * 2));
        if (size > ALIASED_NODES_LIMIT && size > sizes.size() * 10L) {
            return broken(place, "aliases blow this up to millions of values", "write out what is really meant");
        }
        return value;
    }

    private Value untagged(Node node) {
        return node instanceof MappingNode mapping ? mapping(mapping) : sequence(node);
    }

    /** Its own and those of all below, by then known. */
    private long size(Node node) {
        long size = 1;
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                size += sizes.getOrDefault(tuple.getValueNode(), 1L);
            }
        } else {
            for (Node item : ((SequenceNode) node).getValue()) {
                size += sizes.getOrDefault(item, 1L);
            }
        }
        return size;
    }

    private Value scalar(ScalarNode node) {
        Place place = place(node.getStartMark());
        if (!node.getTag().getValue().startsWith(STANDARD_TAGS)) {
            return tagged(node);
        }
        if (hasHalfCharacter(node)) {
            return new Value.Broken(place);
        }
        boolean plain = node.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN;
        if (plain && node.getTag().equals(Tag.NULL)) {
            return new Value.Empty(place);
        }
        return variables.fill(node.getValue(), place)
                .<Value>map(text -> new Value.Scalar(text, node.getValue(), place))
                .orElseGet(() -> new Value.Broken(place));
    }

    private Value sequence(Node node) {
        List<Value> items = new ArrayList<>();
        for (Node item : ((SequenceNode) node).getValue()) {
            items.add(convert(item));
        }
        return new Value.Sequence(items, place(node.getStartMark()));
    }

    private Value mapping(MappingNode node) {
        Map<String, Value.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Place place = place(tuple.getKeyNode().getStartMark());
            Value value = convert(tuple.getValueNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                broken(place, "a key is a map or a list", "keys are single words");
            } else if (key.getTag().equals(Tag.MERGE)) {
                broken(place, "merge keys (`<<`) are not read", "write shared settings under `defaults` or a service");
            } else if (key.getValue().contains("${")) {
                broken(place, "the key `" + key.getValue() + "` has a variable", "variables are filled in values only");
            } else if (entries.containsKey(key.getValue())) {
                broken(place, "the key `" + key.getValue() + "` is written twice, first on line "
                        + entries.get(key.getValue()).place().line(), "keep one of them");
            } else if (!hasHalfCharacter(key)) {
                entries.put(key.getValue(), new Value.Entry(place, value));
            }
        }
        return new Value.Mapping(entries, place(node.getStartMark()));
    }

    private Value tagged(Node node) {
        return broken(place(node.getStartMark()), "the tag `" + node.getTag().getValue() + "` is not read",
                "write the value without a tag");
    }

    /** What is above U+FFFF Java has in two halves. One alone, as an escape can write it, no file can hold. */
    private boolean hasHalfCharacter(ScalarNode node) {
        if (!escapes) {
            return false;
        }
        String text = node.getValue();
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int code = text.codePointAt(i);
            if (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE) {
                broken(place(node.getStartMark()), "there is half of a character (\\u%04x)".formatted(code),
                        "write the whole character");
                return true;
            }
        }
        return false;
    }

    private Value broken(Place place, String message, String remedy) {
        faults.error(place, message, remedy);
        return new Value.Broken(place);
    }

    private Place place(Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
