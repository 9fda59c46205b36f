package io.provision.cli;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.render.Artefact;
import io.provision.render.RenderTarget;
import io.provision.report.FileDifference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

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
        Map<Path, Set<Path>> standing = new HashMap<>();
        List<FileDifference> differences = new ArrayList<>();
        for (Artefact artefact : artefacts) {
            Path file = folder.resolve(artefact.path());
            boolean stands = standing.computeIfAbsent(file.getParent(), RenderedFolder::files).remove(file);
            Optional<byte[]> present = stands ? bytes(file) : Optional.empty();
            if (present.isEmpty() || !Arrays.equals(present.get(), artefact.text().getBytes(StandardCharsets.UTF_8))) {
                differences.add(new FileDifference(
                        artefact.path(), present.map(RenderedFolder::text), Optional.of(artefact.pieces())));
            }
        }
        standing.remove(folder);
        leftovers(standing.values()).forEach((path, text) ->
                differences.add(new FileDifference(path, Optional.of(text), Optional.empty())));
        return differences;
    }

    void write(List<FileDifference> differences) {
        new RenderedWriting(folder, differences).run();
    }

    /**
     * Only in folders that are rendered into, and only files whose first line says that they were rendered.
     *
     * @param others what stands beside what is rendered
     * @return their texts, by path
     */
    private SortedMap<String, String> leftovers(Collection<Set<Path>> others) {
        SortedMap<String, String> left = new TreeMap<>();
        others.stream().flatMap(Set::stream).filter(Files::isRegularFile).forEach(file ->
                bytes(file).map(RenderedFolder::text)
                        .filter(text -> targets.stream().anyMatch(target -> target.made(text)))
                        .ifPresent(text -> left.put(folder.relativize(file).toString(), text)));
        return left;
    }

    /** Looked at once: to try to read a thousand files that are not there takes as long as to write them. */
    private static Set<Path> files(Path below) {
        Set<Path> files = new HashSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(below)) {
            all.forEach(files::add);
        } catch (NoSuchFileException none) {
            return files;
        } catch (DirectoryIteratorException e) {
            throw failed("reading", below, e.getCause());
        } catch (IOException e) {
            throw failed("reading", below, e);
        }
        return files;
    }

    private static Optional<byte[]> bytes(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("reading", file, e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static ProvisionException failed(String doing, Path file, IOException e) {
        return new ProvisionException(
                ExitCode.FAILED,
                List.of(Problem.error("%s %s failed: %s".formatted(doing, file, FileTexts.why(e)))
                        .remedy("the folder of --to must be readable and writable for the user that runs this")),
                e);
    }
}
