package io.provision.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code -o} takes; each command says which of them it knows. */
enum OutputFormat {
    TEXT,
    JSON,
    YAML,
    ENV,
    SQL,
    JUNIT,
    HTML,
    MARKDOWN;

    /** Those of a command that has none of its own. */
    static final List<OutputFormat> COMMON = List.of(TEXT, JSON, YAML);

    static Optional<OutputFormat> in(List<OutputFormat> accepted, String id) {
        return accepted.stream().filter(format -> format.toString().equals(id)).findFirst();
    }

    static String list(List<OutputFormat> formats) {
        return formats.stream().map(OutputFormat::toString).collect(Collectors.joining(", "));
    }

    /** {@code text, json or yaml}. */
    static String either(List<OutputFormat> formats) {
        return list(formats).replaceFirst(", (\\w+)$", " or $1");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
