package io.provision.cli;

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
        Manifest manifest = ManifestFiles.load(invocation);
        Rendering rendering = new Rendering(manifest, ManifestFiles.fromItsFolder(invocation, manifest), redisVersion,
                () -> SqlArtefact.of(invocation, manifest));
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
        if (to.isEmpty()) {
            invocation.print(artefacts.get(0).text());
            return ExitCode.DONE;
        }
        RenderedFolder folder = new RenderedFolder(invocation.path(to.get()), choice.targets());
        List<FileDifference> differences = folder.differences(artefacts, rendering.left(choice.targets()));
        if (check) {
            return compared(invocation, artefacts, differences);
        }
        folder.tidyUp(artefacts, invocation.context().clock().instant());
        return written(invocation, folder, differences);
    }

    private ExitCode compared(Invocation invocation, List<Artefact> artefacts, List<FileDifference> differences) {
        differences.forEach(difference -> difference.unifiedDiff(invocation::print));
        if (differences.isEmpty()) {
            invocation.messages().note(
                    "%s as rendered in %s".formatted(Counted.of(artefacts.size(), "file"), to.get()));
            return ExitCode.DONE;
        }
        invocation.messages().note("%s not as rendered in %s: `provision render %s --to %s` writes them anew"
                .formatted(Counted.of(differences.size(), "file"), to.get(), choice.word(), to.get()));
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
