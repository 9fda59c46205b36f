package io.provision.cli;

import io.provision.cli.RenderedFolder.Comparison;
import io.provision.manifest.Manifest;
import io.provision.plan.acl.RedisVersion;
import io.provision.problem.Counted;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.render.Artefact;
import io.provision.render.Rendering;
import io.provision.report.FileDifference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code render}: the configuration around the instances. */
@Command(name = "render", description = "Writes configuration derived from the manifest. Touches no server.")
final class RenderCommand implements Subcommand {

    @Parameters(paramLabel = "TARGET", completionCandidates = RenderChoice.Words.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private RenderChoice choice;

    @Option(names = "--to", paramLabel = "DIR", description = {
        "The folder to write to; it is made where it is missing.",
        "Without it a target of one file goes to standard output."})
    private Optional<Path> to = Optional.empty();

    @Option(names = "--check", description = "Compare the folder of --to instead, and end with 3 where it differs.")
    private boolean check;

    @Option(names = "--redis-version", paramLabel = "VERSION", description = {
        "The oldest Redis that is to take redis-acl: 6.2, 7.0 or 7.2; 7.0 where nothing is said.",
        "Valkey counts as 7.2. A server refuses a file with commands that it does not know."})
    private RedisVersion redisVersion = RedisVersion.V7_0;

    @Override
    public List<OutputFormat> formats() {
        return List.of(OutputFormat.TEXT);
    }

    @Override
    public ExitCode run(Invocation invocation) {
        if (check && to.isEmpty()) {
            throw usage("--check compares a folder, and none is named", "say which with --to DIR");
        }
        if (to.isEmpty()) {
            Manifest manifest = ManifestFiles.load(invocation);
            invocation.print(artefacts(invocation, manifest, rendering(invocation, manifest)).get(0).text());
            return ExitCode.DONE;
        }
        RenderedFolder folder = new RenderedFolder(invocation.path(to.get()), choice.targets());
        Comparison found = compare(invocation, folder);
        if (check) {
            return compared(invocation, folder, found);
        }
        folder.tidyUp(found.folders(), invocation.context().clock().instant());
        return written(invocation, folder, found.differences());
    }

    /** Whoever calls this holds neither the manifest nor what stands as rendered: Java then collects them. */
    private Comparison compare(Invocation invocation, RenderedFolder folder) {
        Manifest manifest = ManifestFiles.load(invocation);
        Rendering rendering = rendering(invocation, manifest);
        return folder.compare(artefacts(invocation, manifest, rendering), rendering.left(choice.targets()));
    }

    private Rendering rendering(Invocation invocation, Manifest manifest) {
        return new Rendering(manifest, ManifestFiles.fromItsFolder(invocation, manifest), redisVersion,
                () -> SqlArtefact.of(invocation, manifest));
    }

    private List<Artefact> artefacts(Invocation invocation, Manifest manifest, Rendering rendering) {
        List<Artefact> artefacts = rendering.artefacts(choice.targets());
        if (artefacts.isEmpty()) {
            throw usage("`render %s` makes nothing with `redis.acl: off`".formatted(choice.word()),
                    "leave that out of the manifest, or the target out here");
        }
        if (to.isEmpty() && artefacts.size() > 1) {
            throw usage("`render %s` makes %s files".formatted(choice.word(), artefacts.size()),
                    "say where to with --to DIR");
        }
        ManifestFiles.tellWarnings(invocation, manifest);
        rendering.warnings(choice.targets()).forEach(invocation.messages()::tell);
        return artefacts;
    }

    private ExitCode compared(Invocation invocation, RenderedFolder folder, Comparison found) {
        found.differences().forEach(difference -> folder.print(difference, invocation::print));
        if (found.differences().isEmpty()) {
            invocation.messages().note(
                    "%s as rendered in %s".formatted(Counted.of(found.files(), "file"), to.get()));
            return ExitCode.DONE;
        }
        invocation.messages().note("%s not as rendered in %s: `provision render %s --to %s` writes them anew".formatted(
                Counted.of(found.differences().size(), "file"), to.get(), choice.word(), to.get()));
        return ExitCode.DIFFERENCE;
    }

    private ExitCode written(Invocation invocation, RenderedFolder folder, List<FileDifference> differences) {
        folder.write(differences);
        differences.forEach(difference -> invocation.print(
                (difference.wanted().isPresent() ? "written " : "removed ") + to.get().resolve(difference.path())));
        if (differences.isEmpty()) {
            invocation.messages().note("nothing to write: %s is as rendered".formatted(to.get()));
        }
        return ExitCode.DONE;
    }

    private static ProvisionException usage(String what, String remedy) {
        return new ProvisionException(ExitCode.USAGE, Problem.error(what).remedy(remedy));
    }
}
