package io.provision.cli;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.render.Artefact;
import io.provision.render.RenderTarget;
import io.provision.report.FileDifference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder of {@code render --to}: what is there held against what is rendered, and made the same. */
final class RenderedFolder {

    private final Path folder;
    private final Collection<RenderTarget> targets;

    RenderedFolder(Path folder, Collection<RenderTarget> targets) {
        this.folder = folder;
        this.targets = targets;
    }

    /** Files that are missing, or other than rendered, or were rendered once and are not any more. */
    List<FileDifference> differences(List<Artefact> artefacts) {
        List<FileDifference> differences = new ArrayList<>();
        for (Artefact artefact : artefacts) {
            Optional<String> present = text(folder.resolve(artefact.path()));
            if (!present.equals(Optional.of(artefact.text()))) {
                differences.add(new FileDifference(artefact.path(), present, Optional.of(artefact.text())));
            }
        }
        leftovers(artefacts).forEach(path ->
                differences.add(new FileDifference(path, text(folder.resolve(path)), Optional.empty())));
        return differences;
    }

    /** Each file is replaced whole or not at all; one that was rendered once and is not any more goes. */
    void write(List<FileDifference> differences) {
        for (FileDifference difference : differences) {
            Path file = folder.resolve(difference.path());
            try {
                if (difference.wanted().isPresent()) {
                    Files.createDirectories(file.getParent());
                    WholeFile.replace(file, difference.wanted().get());
                } else {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw failed("writing", file, e);
            }
        }
    }

    /** Only in folders that are rendered into, and only files whose first line says that they were rendered. */
    private Set<String> leftovers(List<Artefact> artefacts) {
        Set<String> rendered = artefacts.stream().map(Artefact::path).collect(Collectors.toSet());
        Set<String> left = new TreeSet<>();
        artefacts.stream()
                .map(artefact -> Path.of(artefact.path()).getParent())
                .filter(Objects::nonNull)
                .distinct()
                .flatMap(below -> files(folder.resolve(below)).stream())
                .filter(file -> targets.stream().anyMatch(target -> text(file).filter(target::made).isPresent()))
                .forEach(file -> left.add(folder.relativize(file).toString()));
        left.removeAll(rendered);
        return left;
    }

    private static List<Path> files(Path below) {
        if (!Files.isDirectory(below)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(below)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw failed("reading", below, e);
        }
    }

    /** Bytes that are no UTF-8 differ from anything rendered, whatever they are shown as. */
    private static Optional<String> text(Path file) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("reading", file, e);
        }
    }

    private static ProvisionException failed(String doing, Path file, IOException e) {
        return new ProvisionException(
                ExitCode.FAILED,
                List.of(Problem.error("%s %s failed: %s".formatted(doing, file, e))
                        .remedy("the folder of --to must be readable and writable for the user that runs this")),
                e);
    }
}
