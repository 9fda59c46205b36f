package io.provision.cli;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.manifest.ManifestReader;
import io.provision.problem.Counted;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.problem.Suggestion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the manifest that a command is about, and the instances in it. */
final class ManifestFiles {

    private static final Path DEFAULT = Path.of("instances.yaml");

    private ManifestFiles() {}

    /** Those of {@link #find}, or else {@code ./instances.yaml}, which is then told to be missing. */
    static List<Path> of(Invocation invocation) {
        List<Path> found = find(invocation);
        return found.isEmpty() ? List.of(invocation.path(DEFAULT)) : found;
    }

    /**
     * {@code -f}, or else {@code ./instances.yaml} where it stands, or else {@code PROVISION_MANIFEST}; empty where
     * there is none of these.
     */
    static List<Path> find(Invocation invocation) {
        List<Path> given = invocation.options().manifests();
        if (!given.isEmpty()) {
            return given.stream().map(invocation::path).toList();
        }
        Path here = invocation.path(DEFAULT);
        return Files.exists(here)
                ? List.of(here)
                : invocation.context().variable("PROVISION_MANIFEST").map(Path::of).map(invocation::path).stream()
                        .toList();
    }

    static Manifest load(Invocation invocation) {
        return ManifestReader.load(of(invocation), invocation.context().environment()).manifest();
    }

    /** The files as somebody in the manifest's folder would name them; none where it is the one that counts anyway. */
    static List<String> fromItsFolder(Invocation invocation, Manifest manifest) {
        List<Path> files = of(invocation).stream().map(Path::toAbsolutePath).map(Path::normalize).toList();
        if (files.equals(List.of(manifest.folder().resolve(DEFAULT)))) {
            return List.of();
        }
        return files.stream()
                .map(file -> file.startsWith(manifest.folder()) ? manifest.folder().relativize(file) : file)
                .map(Path::toString)
                .toList();
    }

    /** Tells that there are warnings; each of them only with {@code -v}. */
    static void tellWarnings(Invocation invocation, Manifest manifest) {
        if (invocation.options().verbose()) {
            manifest.warnings().forEach(invocation.messages()::tell);
        } else if (!manifest.warnings().isEmpty()) {
            int count = manifest.warnings().size();
            invocation.messages().note("the manifest has %s: `provision validate` tells %s"
                    .formatted(Counted.of(count, "warning"), count == 1 ? "it" : "them"));
        }
    }

    /** Those that were named, in the order of the manifest; all where none was. */
    static List<Instance> chosen(Manifest manifest, List<String> names) {
        Set<String> asked = Set.copyOf(names);
        List<Instance> chosen = manifest.instances().stream()
                .filter(instance -> asked.isEmpty() || asked.contains(instance.name()))
                .toList();
        if (chosen.size() < asked.size()) {
            throw new ProvisionException(ExitCode.USAGE, unknown(manifest, names));
        }
        return chosen;
    }

    private static List<Problem> unknown(Manifest manifest, List<String> names) {
        Set<String> known = manifest.instances().stream()
                .map(Instance::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return names.stream()
                .filter(name -> !known.contains(name))
                .map(name -> Problem.error("the manifest lists no instance %s".formatted(name))
                        .remedy(Suggestion.remedy(name, known)))
                .toList();
    }
}
