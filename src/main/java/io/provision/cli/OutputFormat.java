package io.provision.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code -o} takes; each command says which of them it knows. */
public enum OutputFormat {
    TEXT,
    JSON,
    YAML,
    ENV,
    SQL,
    JUNIT,
    HTML,
    MARKDOWN;

    static Optional<OutputFormat> in(List<OutputFormat> accepted, String id) {
        return accepted.stream().filter(format -> format.toString().equals(id)).findFirst();
    }

    static String list(List<OutputFormat> formats) {
        return formats.stream().map(OutputFormat::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
