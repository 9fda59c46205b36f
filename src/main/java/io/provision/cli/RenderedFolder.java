package io.provision.cli;

import io.provision.problem.ExitCode;
import io.provision.problem.IoReason;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.render.Artefact;
import io.provision.render.RenderTarget;
import io.provision.report.FileDifference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder of {@code render --to}: what is there held against what is rendered, and made the same. */
final class RenderedFolder {

    /** In bytes: what the two first lines of a rendered file have room in. */
    private static final int LONGEST_HEAD = 4_096;

    private final Path folder;
    private final Collection<RenderTarget> targets;

    RenderedFolder(Path folder, Collection<RenderTarget> targets) {
        this.folder = folder;
        this.targets = targets;
    }

    /**
     * What was found in the folder. Of what is as rendered no text is kept.
     *
     * @param files so many are rendered
     * @param folders that they are in
     * @param differences files that are missing, or other than rendered, or were rendered once and are not any more
     */
    record Comparison(int files, Set<Path> folders, List<FileDifference> differences) {}

    /** @param left files that do not say themselves that they were rendered, and whether a text is theirs */
    Comparison compare(List<Artefact> artefacts, Map<String, Predicate<String>> left) {
        Map<Path, Set<Path>> standing = new HashMap<>();
        List<FileDifference> differences = new ArrayList<>();
        for (Artefact artefact : artefacts) {
            Path file = folder.resolve(artefact.path());
            boolean stands = standing.computeIfAbsent(file.getParent(), RenderedFolder::files).remove(file);
            if (!stands || !holds(file, artefact.pieces())) {
                differences.add(new FileDifference(
                        artefact.path(), stands ? present(file) : Optional.empty(), Optional.of(artefact.pieces())));
            }
        }
        Set<Path> folders = Set.copyOf(standing.keySet());
        standing.remove(folder);
        SortedSet<String> leftovers = leftovers(standing.values());
        left.forEach((path, rendered) -> Optional.of(folder.resolve(path))
                .filter(Files::isRegularFile)
                .flatMap(RenderedFolder::bytes)
                .map(RenderedFolder::text)
                .filter(rendered)
                .ifPresent(text -> leftovers.add(path)));
        leftovers.forEach(path ->
                differences.add(new FileDifference(path, present(folder.resolve(path)), Optional.empty())));
        return new Comparison(artefacts.size(), folders, differences);
    }

    /** @param out is told a line at a time */
    void print(FileDifference difference, Consumer<String> out) {
        try {
            difference.unifiedDiff(out);
        } catch (IOException e) {
            throw failed("reading", folder.resolve(difference.path()), e);
        }
    }

    void write(List<FileDifference> differences) {
        new RenderedWriting(folder, differences).run();
    }

    /**
     * Takes away what killed runs have left, in the folder and in those below it.
     *
     * @param below that the rendered files are in
     */
    void tidyUp(Set<Path> below, Instant now) {
        LeftDrafts drafts = new LeftDrafts(now);
        Stream.concat(Stream.of(folder), below.stream())
                .distinct()
                .forEach(drafts::removeFrom);
    }

    /**
     * Only in folders that are rendered into, and only files whose first line says that they were rendered.
     *
     * @param others what stands beside what is rendered
     * @return their paths
     */
    private SortedSet<String> leftovers(Collection<Set<Path>> others) {
        return others.stream()
                .flatMap(Set::stream)
                .filter(file -> Files.isRegularFile(file) && !WholeFile.isDraft(file) && saysItWasRendered(file))
                .map(file -> folder.relativize(file).toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of one that does not, or lets nobody read it, the rest is left. */
    private boolean saysItWasRendered(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String head = text(in.readNBytes(LONGEST_HEAD));
            return targets.stream().anyMatch(target -> target.made(head));
        } catch (IOException e) {
            return false;
        }
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

    /** Read along with the text: the script of ten thousand instances would stand in memory three times over. */
    private static boolean holds(Path file, List<String> text) {
        try (InputStream in = Files.newInputStream(file)) {
            for (byte[] wanted : new EncodedText(text)) {
                if (!Arrays.equals(in.readNBytes(wanted.length), wanted)) {
                    return false;
                }
            }
            return in.read() < 0;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw failed("reading", file, e);
        }
    }

    /** What does not stand any more, or is a link to nothing, is not present. */
    private static Optional<FileDifference.Present> present(Path file) {
        return Files.exists(file) ? Optional.of(() -> Files.newByteChannel(file)) : Optional.empty();
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
                List.of(Problem.error("%s %s failed: %s".formatted(doing, file, IoReason.of(e)))
                        .remedy(IoReason.remedy(
                                e, "the folder of --to must be readable and writable for the user that runs this"))),
                e);
    }
}
