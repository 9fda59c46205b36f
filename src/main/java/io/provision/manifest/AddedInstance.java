package io.provision.manifest;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A manifest with one instance more, read and found to be without error, not yet written.
 *
 * @param file that the line goes into
 * @param before the file's text as it was read
 * @param text the file's new text
 * @param line that the instance stands on, counted from 1
 * @param entry the instance as it is written
 */
public record AddedInstance(Path file, String before, String text, int line, String entry, Instance instance) {

    public AddedInstance {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(instance, "instance");
    }

    /**
     * Adds the instance to the first file that lists any.
     *
     * @param service where it is not the one whose stem fits
     * @throws ProvisionException with {@link ExitCode#USAGE} and everything that is wrong with the manifest with it
     */
    public static AddedInstance to(
            List<Path> files, Map<String, String> environment, String name, Optional<String> service) {
        refuseMalformed(name, service);
        String stated = service.filter(said -> !said.equals(name)).map(AddedInstance::settings).orElse("{}");
        AddedInstance added = read(files, environment, name, name + ": " + stated);
        String found = added.instance().identity().service();
        // Which service was found is written down: another one whose stem fits may come later.
        return added.instance().identity().singleton() || service.isPresent()
                ? added
                : read(files, environment, name, name + ": " + settings(found));
    }

    private static String settings(String service) {
        return "{service: " + service + "}";
    }

    private static void refuseMalformed(String name, Optional<String> service) {
        List<Problem> problems = new ArrayList<>();
        if (!Shapes.INSTANCE_NAME.takes(name)) {
            problems.add(Problem.error("`%s` is not %s".formatted(name, Shapes.INSTANCE_NAME.expected())));
        }
        service.filter(said -> !Shapes.SERVICE_NAME.takes(said)).ifPresent(said ->
                problems.add(Problem.error("`%s` is not %s".formatted(said, Shapes.SERVICE_NAME.expected()))));
        refuse(problems);
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, problems);
        }
    }

    private static AddedInstance read(
            List<Path> files, Map<String, String> environment, String name, String entry) {
        Faults faults = new Faults();
        for (Path file : files) {
            Optional<SourceFile> source = SourceFile.read(file, faults);
            Optional<InstanceLine> line = source.flatMap(found -> InstanceLine.in(found.text(), entry));
            if (line.isPresent()) {
                Reading reading = ManifestReader.read(files, environment, Map.of(file, line.get().text()));
                return new AddedInstance(
                        file, source.get().text(), line.get().text(), line.get().line(), entry, of(reading, name));
            }
        }
        // What keeps it from being read is told; where nothing does, there are no instances to add to.
        ManifestReader.load(files, environment);
        throw new ProvisionException(ExitCode.USAGE, Problem
                .error("no file of the manifest has `instances:` with a line for each, which one can be added to")
                .remedy("write `instances:` on a line of its own, and the instances below it"));
    }

    private static Instance of(Reading reading, String name) {
        if (reading instanceof Reading.Faulty faulty) {
            refuse(faulty.problems().stream().filter(Problem::isError).toList());
        }
        return ((Reading.Read) reading).manifest().instance(name).orElseThrow();
    }
}
