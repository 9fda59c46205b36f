package io.provision.cli;

import io.provision.problem.ExitCode;
import io.provision.problem.IoReason;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.render.Artefact;
import io.provision.render.RenderTarget;
import io.provision.report.FileDifference;
import java.io.ByteArrayOutputStream;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
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
     * Files that are missing, or other than rendered, or were rendered once and are not any more.
     *
     * @param left files that do not say so themselves, and whether a text is theirs
     */
    List<FileDifference> differences(List<Artefact> artefacts, Map<String, Predicate<String>> left) {
        Map<Path, Set<Path>> standing = new HashMap<>();
        List<FileDifference> differences = new ArrayList<>();
        for (Artefact artefact : artefacts) {
            Path file = folder.resolve(artefact.path());
            boolean stands = standing.computeIfAbsent(file.getParent(), RenderedFolder::files).remove(file);
            if (!stands || !holds(file, artefact.pieces())) {
                Optional<byte[]> present = stands ? bytes(file) : Optional.empty();
                differences.add(new FileDifference(
                        artefact.path(), present.map(RenderedFolder::text), Optional.of(artefact.pieces())));
            }
        }
        standing.remove(folder);
        SortedMap<String, String> leftovers = leftovers(standing.values());
        left.forEach((path, rendered) -> Optional.of(folder.resolve(path))
                .filter(Files::isRegularFile)
                .flatMap(RenderedFolder::bytes)
                .map(RenderedFolder::text)
                .filter(rendered)
                .ifPresent(text -> leftovers.put(path, text)));
        leftovers.forEach((path, text) ->
                differences.add(new FileDifference(path, Optional.of(text), Optional.empty())));
        return differences;
    }

    void write(List<FileDifference> differences) {
        new RenderedWriting(folder, differences).run();
    }

    /** Of killed runs, in the folder and in those below it that the artefacts are in. */
    void tidyUp(List<Artefact> artefacts, Instant now) {
        LeftDrafts drafts = new LeftDrafts(now);
        Stream<Path> parents = artefacts.stream().map(artefact -> folder.resolve(artefact.path()).getParent());
        Stream.concat(Stream.of(folder), parents)
                .distinct()
                .forEach(drafts::removeFrom);
    }

    /**
     * Only in folders that are rendered into, and only files whose first line says that they were rendered.
     *
     * @param others what stands beside what is rendered
     * @return their texts, by path
     */
    private SortedMap<String, String> leftovers(Collection<Set<Path>> others) {
        SortedMap<String, String> left = new TreeMap<>();
        others.stream()
                .flatMap(Set::stream)
                .filter(file -> Files.isRegularFile(file) && !WholeFile.isDraft(file))
                .forEach(file -> rendered(file).ifPresent(text -> left.put(folder.relativize(file).toString(), text)));
        return left;
    }

    /** The text of a file that says it was rendered. Of one that does not, or lets nobody read it, the rest is left. */
    private Optional<String> rendered(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(LONGEST_HEAD);
            if (targets.stream().noneMatch(target -> target.made(text(head)))) {
                return Optional.empty();
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(head);
            in.transferTo(all);
            return Optional.of(all.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
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
            for (String piece : text) {
                byte[] wanted = piece.getBytes(StandardCharsets.UTF_8);
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
