package io.provision.cli;

import io.provision.apply.BackgroundTask;
import io.provision.problem.ProvisionException;
import io.provision.report.FileDifference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the files of a folder what they should be. Each is replaced whole or not at all; a folder that is new, and gets
 * many, appears whole.
 */
final class RenderedWriting {

    /** From here on two threads write: of small files most of the time is the system's. */
    private static final int MANY = 100;

    private final Path folder;
    private final List<FileDifference> differences;
    private final Map<Path, FolderDraft> drafts = new HashMap<>();

    /** How many nobody has begun with; they are taken from the end, where the large ones are. */
    private final AtomicInteger left;

    RenderedWriting(Path folder, List<FileDifference> differences) {
        this.folder = folder;
        this.differences = List.copyOf(differences);
        this.left = new AtomicInteger(differences.size());
    }

    void run() {
        if (differences.size() < MANY) {
            writeEach();
            return;
        }
        try {
            beginFolders();
            writeByTwo();
            finishFolders();
        } finally {
            drafts.values().forEach(FolderDraft::abandon);
        }
    }

    private void beginFolders() {
        Map<Path, Integer> files = new HashMap<>();
        differences.forEach(difference -> files.merge(folder.resolve(difference.path()).getParent(), 1, Integer::sum));
        files.forEach((parent, count) -> {
            if (count >= MANY && Files.notExists(parent, LinkOption.NOFOLLOW_LINKS)) {
                try {
                    drafts.put(parent, FolderDraft.of(parent));
                } catch (IOException e) {
                    throw failed(parent, e);
                }
            }
        });
    }

    private void writeByTwo() {
        BackgroundTask<Boolean> beside = BackgroundTask.begin(() -> {
            writeEach();
            return true;
        });
        try {
            writeEach();
        } finally {
            beside.result();
        }
    }

    private void finishFolders() {
        for (Path parent : Set.copyOf(drafts.keySet())) {
            try {
                drafts.get(parent).finish();
                drafts.remove(parent);
            } catch (IOException e) {
                throw failed(parent, e);
            }
        }
    }

    private void writeEach() {
        Set<Path> folders = new HashSet<>();
        for (int next = left.decrementAndGet(); next >= 0; next = left.decrementAndGet()) {
            Path file = folder.resolve(differences.get(next).path());
            try {
                write(file, differences.get(next).wanted(), folders);
            } catch (IOException e) {
                left.set(0);
                throw failed(file, e);
            }
        }
    }

    /** @param made folders that are there already */
    private void write(Path file, Optional<List<String>> text, Set<Path> made) throws IOException {
        if (text.isEmpty()) {
            Files.delete(file);
            return;
        }
        FolderDraft draft = drafts.get(file.getParent());
        if (draft != null) {
            draft.write(file.getFileName().toString(), text.get());
            return;
        }
        if (made.add(file.getParent())) {
            Files.createDirectories(file.getParent());
        }
        WholeFile.replace(file, text.get());
    }

    private static ProvisionException failed(Path file, IOException e) {
        return RenderedFolder.failed("writing", file, e);
    }
}
