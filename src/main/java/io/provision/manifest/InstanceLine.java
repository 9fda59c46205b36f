package io.provision.manifest;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

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
        List<Event> document = document(text);
        if (document.isEmpty() || !(document.get(0) instanceof MappingStartEvent)) {
            return Optional.empty();
        }
        int key = 1;
        while (!(document.get(key) instanceof CollectionEndEvent)) {
            int value = behind(document, key);
            if (document.get(key) instanceof ScalarEvent name && name.getValue().equals(INSTANCES)) {
                return with(text, name, document.subList(value, behind(document, value)), entry);
            }
            key = behind(document, value);
        }
        return Optional.empty();
    }

    /**
     * What the only document consists of, as it is written; nothing where the file cannot be read, or has a second one.
     * Nodes would be easier to walk, but do not tell where an alias stands.
     */
    private static List<Event> document(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(SourceFile.LIMIT);
        List<Event> events = new ArrayList<>();
        int documents = 0;
        try {
            for (Event event : new Yaml(options).parse(new StringReader(text))) {
                events.add(event);
                documents += event instanceof DocumentStartEvent ? 1 : 0;
            }
        } catch (YAMLException e) {
            return List.of();
        }
        // Around it the stream begins and ends, and the document does.
        return documents == 1 ? events.subList(2, events.size() - 2) : List.of();
    }

    /** Where what begins at an event has ended. */
    private static int behind(List<Event> events, int begin) {
        int depth = 0;
        int at = begin;
        do {
            Event event = events.get(at++);
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
        } while (depth > 0);
        return at;
    }

    private static Optional<InstanceLine> with(String text, ScalarEvent key, List<Event> value, String entry) {
        if (value.get(0) instanceof ScalarEvent nothing) {
            return isWritten(nothing)
                    ? Optional.empty()
                    : Optional.of(below(text, key, key.getStartMark().getColumn() + 2, entry));
        }
        if (!(value.get(0) instanceof MappingStartEvent mapping)) {
            return Optional.empty();
        }
        return Optional.of(mapping.getFlowStyle() == DumperOptions.FlowStyle.FLOW
                ? between(text, mapping.getStartMark(), value.size() == 2, entry)
                // An anchor would stand at its start.
                : below(text, last(value), mapping.getEndMark().getColumn(), entry));
    }

    /** A block's own end is no help: it lies behind the comments that follow. */
    private static Event last(List<Event> mapping) {
        int at = mapping.size() - 1;
        while (mapping.get(at) instanceof CollectionEndEvent end && !isWritten(end)) {
            at--;
        }
        return mapping.get(at);
    }

    private static boolean isWritten(Event event) {
        return event.getStartMark().getIndex() < event.getEndMark().getIndex();
    }

    private static InstanceLine below(String text, Event last, int indent, String entry) {
        Mark end = last.getEndMark();
        boolean linesEnded = end.getColumn() == 0 && end.getLine() > last.getStartMark().getLine();
        int index = text.offsetByCodePoints(0, end.getIndex());
        String before = text.substring(0, linesEnded ? index : behindLine(text, index));
        boolean ended = before.endsWith("\n") || before.endsWith("\r");
        String lineEnd = lineEnd(ended ? before : text.substring(0, behindLine(text, 0)));
        String separator = ended ? "" : lineEnd;
        return new InstanceLine(
                before + separator + " ".repeat(indent) + entry + lineEnd + text.substring(before.length()),
                lineOfEnd(before + separator));
    }

    private static InstanceLine between(String text, Mark start, boolean empty, String entry) {
        int brace = text.indexOf('{', text.offsetByCodePoints(0, start.getIndex())) + 1;
        return new InstanceLine(
                text.substring(0, brace) + entry + (empty ? "" : ", ") + text.substring(brace),
                lineOfEnd(text.substring(0, brace)));
    }

    private static int behindLine(String text, int index) {
        int at = index;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        at += text.startsWith("\r\n", at) ? 2 : 1;
        return Math.min(at, text.length());
    }

    /** As the last of some lines has it. */
    private static String lineEnd(String lines) {
        if (lines.endsWith("\r\n")) {
            return "\r\n";
        }
        return lines.endsWith("\r") ? "\r" : "\n";
    }

    private static int lineOfEnd(String text) {
        return 1 + (int) text.replace("\r\n", "\n").chars().filter(c -> c == '\n' || c == '\r').count();
    }
}
