package io.provision.cli;

import io.provision.report.Document;
import io.provision.report.Legible;
import io.provision.report.Palette;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One call of a subcommand: the world, the shared options, and the format that the result is wanted in.
 *
 * @param command the subcommand's name
 * @param messages for standard error
 */
record Invocation(
        CommandContext context, SharedOptions options, String command, OutputFormat format, Messages messages) {

    /** Prints a result's text, and ends its last line. */
    void print(String text) {
        context.out().print(text);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            context.out().print('\n');
        }
    }

    /** Prints a result for people, in which names may stand that somebody else chose. */
    void show(String text) {
        print(Legible.text(text));
    }

    /** Prints a result as {@code -o} says: for people as {@link #show(String)} does, or as a document. */
    void show(Supplier<String> text, Supplier<Document> document) {
        if (format == OutputFormat.TEXT) {
            show(text.get());
        } else {
            print(document.get());
        }
    }

    /** Prints a result as JSON or YAML, as {@code -o} says. */
    void print(Document document) {
        if (format == OutputFormat.YAML) {
            document.yaml(context.out());
        } else {
            document.json(context.out());
        }
    }

    /** The colours of standard output. */
    Palette palette() {
        return options.color().palette(context, context.terminal().out());
    }

    /** How wide standard output is; without limit where it is no terminal. */
    int columns() {
        return context.terminal().out() ? context.terminal().columns().getAsInt() : Integer.MAX_VALUE;
    }

    /** A path as the user wrote it, found from the folder that the command runs in. */
    Path path(Path written) {
        return context.directory().resolve(written);
    }

    /** Whether the embedded servers are refused, by the command line or by the environment. */
    boolean refusesEmbedded() {
        return options.noEmbedded() || context.variable("PROVISION_EMBEDDED").equals(Optional.of("never"));
    }
}
