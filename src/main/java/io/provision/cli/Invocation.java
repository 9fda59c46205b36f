package io.provision.cli;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.manifest.ManifestReader;
import io.provision.manifest.Suggestion;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.report.Document;
import io.provision.report.Palette;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One call of a subcommand: the world, the shared options, and the format that the result is wanted in.
 *
 * @param messages for standard error
 */
public record Invocation(CommandContext context, SharedOptions options, OutputFormat format, Messages messages) {

    /** Prints a result's text, and ends its last line. */
    public void print(String text) {
        context.out().print(text);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            context.out().print('\n');
        }
    }

    /** Prints a result as JSON or YAML, as {@code -o} says. */
    public void print(Document document) {
        print(format == OutputFormat.YAML ? document.yaml() : document.json());
    }

    /** The colours of standard output. */
    public Palette palette() {
        return options.color().palette(context, context.terminal().out());
    }

    /** How wide standard output is; without limit where it is no terminal. */
    public int columns() {
        return context.terminal().out() ? context.terminal().columns().getAsInt() : Integer.MAX_VALUE;
    }

    /** A path as the user wrote it, found from the folder that the command runs in. */
    public Path path(Path written) {
        return context.directory().resolve(written);
    }

    /**
     * The manifest's files: those of the command line, or else {@code ./instances.yaml}, or else what
     * {@code PROVISION_MANIFEST} names; empty where there is none of these.
     */
    public List<Path> manifestFiles() {
        if (!options.manifests().isEmpty()) {
            return options.manifests().stream().map(this::path).toList();
        }
        Path usual = path(Path.of("instances.yaml"));
        return Files.exists(usual)
                ? List.of(usual)
                : context.variable("PROVISION_MANIFEST").map(file -> List.of(path(Path.of(file)))).orElse(List.of());
    }

    /** @throws ProvisionException USAGE where there is no manifest */
    public List<Path> requiredManifestFiles() {
        List<Path> files = manifestFiles();
        if (files.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, Problem
                    .error("there is no manifest: no instances.yaml here, and PROVISION_MANIFEST is not set")
                    .remedy("name one with -f FILE"));
        }
        return files;
    }

    /**
     * The manifest, with the command line's URLs over its own; its warnings are told.
     *
     * @throws ProvisionException USAGE where there is none, or where it has faults
     */
    public Manifest manifest() {
        Manifest read = ManifestReader.load(requiredManifestFiles(), context.environment()).manifest();
        read.warnings().forEach(messages::tell);
        return new Manifest(read.file(), read.folder(), read.ecosystem(), read.sha256(),
                options.postgresUrl().map(read.postgres()::withUrl).orElse(read.postgres()),
                options.redisUrl().map(read.redis()::withUrl).orElse(read.redis()),
                read.instances(), read.warnings());
    }

    /**
     * The instances of those names, in the order given, each once; all where no name is given.
     *
     * @throws ProvisionException USAGE with every name that the manifest does not list, and what was meant perhaps
     */
    public static List<Instance> instances(Manifest manifest, List<String> names) {
        Map<String, Instance> known = new LinkedHashMap<>();
        manifest.instances().forEach(instance -> known.put(instance.name(), instance));
        List<Problem> unknown = names.stream().distinct()
                .filter(name -> !known.containsKey(name))
                .map(name -> Problem.error("the manifest does not list `" + name + "`")
                        .remedy(Suggestion.remedy(name, known.keySet())))
                .toList();
        if (!unknown.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, unknown);
        }
        return names.isEmpty()
                ? manifest.instances()
                : names.stream().distinct().map(known::get).toList();
    }

    /** Whether the embedded servers are refused, by the command line or by the environment. */
    public boolean refusesEmbedded() {
        return options.noEmbedded() || context.variable("PROVISION_EMBEDDED").filter("never"::equals).isPresent();
    }
}
