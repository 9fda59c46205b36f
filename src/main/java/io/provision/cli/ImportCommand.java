package io.provision.cli;

import io.provision.manifest.ManifestReader;
import io.provision.manifest.Reading;
import io.provision.problem.ExitCode;
import io.provision.problem.IoReason;
import io.provision.problem.Place;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.render.ComposeImport;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code import}: from a running system to its manifest. */
@Command(name = "import", description = "Writes the manifest that describes an existing docker-compose file. What the "
        + "file does not tell stands in comments. Touches no server.")
final class ImportCommand implements Subcommand {

    @Parameters(paramLabel = "FILE", converter = FileOrStream.class,
            description = "The docker-compose file; - is standard input.")
    private Path file;

    @Override
    public List<OutputFormat> formats() {
        return List.of(OutputFormat.TEXT);
    }

    /** What it writes is read at once: whoever imports wants to know what is left to decide. */
    @Override
    public ExitCode run(Invocation invocation) {
        String manifest = ComposeImport.manifest(FileOrStream.title(file), text(invocation));
        invocation.print(manifest);
        Path imported = invocation.path(Path.of("instances.yaml"));
        Reading reading = ManifestReader.read(
                List.of(imported), invocation.context().environment(), Map.of(imported, manifest));
        if (reading instanceof Reading.Faulty faulty) {
            faulty.problems().forEach(invocation.messages()::tell);
            return ExitCode.USAGE;
        }
        ((Reading.Read) reading).manifest().warnings().forEach(invocation.messages()::tell);
        return ExitCode.DONE;
    }

    private String text(Invocation invocation) {
        try {
            return FileOrStream.read(invocation, file);
        } catch (NoSuchFileException e) {
            throw unreadable("there is no such file");
        } catch (IOException e) {
            throw unreadable("it cannot be read: " + IoReason.of(e));
        }
    }

    private ProvisionException unreadable(String why) {
        return new ProvisionException(ExitCode.USAGE, Problem
                .error(why).at(Place.of(FileOrStream.title(file))).remedy("name a docker-compose file"));
    }
}
