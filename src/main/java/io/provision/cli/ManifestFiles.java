package io.provision.cli;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.manifest.ManifestReader;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the manifest that a command is about, and the instances in it. */
final class ManifestFiles {

    private static final Path DEFAULT = Path.of("instances.yaml");

    private ManifestFiles() {}

    /** {@code -f}, or else {@code ./instances.yaml} where it stands, or else {@code PROVISION_MANIFEST}. */
    static List<Path> of(Invocation invocation) {
        List<Path> given = invocation.options().manifests();
        if (!given.isEmpty()) {
            return given.stream().map(invocation::path).toList();
        }
        Path here = invocation.path(DEFAULT);
        if (Files.exists(here)) {
            return List.of(here);
        }
        return List.of(invocation.context().variable("PROVISION_MANIFEST").map(Path::of).map(invocation::path).orElse(here));
    }

    /** Reads it, and tells its warnings; each of them only with {@code -v}. */
    static Manifest load(Invocation invocation) {
        Manifest manifest = ManifestReader.load(of(invocation), invocation.context().environment()).manifest();
        if (invocation.options().verbose()) {
            manifest.warnings().forEach(invocation.messages()::tell);
        } else if (!manifest.warnings().isEmpty()) {
            invocation.messages().note("the manifest has %d warnings: `provision validate` tells them"
                    .formatted(manifest.warnings().size()));
        }
        return manifest;
    }

    /** Those that were named, in the order of the manifest; all where none was. */
    static List<Instance> chosen(Manifest manifest, List<String> names) {
        List<Problem> problems = new ArrayList<>();
        for (String name : names) {
            if (manifest.instance(name).isEmpty()) {
                problems.add(unknown(manifest, name));
            }
        }
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, problems);
        }
        return manifest.instances().stream()
                .filter(instance -> names.isEmpty() || names.contains(instance.name()))
                .toList();
    }

    private static Problem unknown(Manifest manifest, String name) {
        List<String> known = manifest.instances().stream().map(Instance::name).toList();
        Optional<String> near = known.stream().filter(k -> k.equalsIgnoreCase(name)).findFirst();
        Problem problem = Problem.error("the manifest lists no instance %s".formatted(name));
        return problem.remedy(near.map("did you mean `%s`?"::formatted)
                .orElse("it lists " + String.join(", ", known.stream().limit(10).toList())));
    }
}
