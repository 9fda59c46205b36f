package io.provision.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A folder that does not stand yet, written under another name and then put in its place, whole. On ext4 a thousand
 * files take half as long as where each is a draft of its own.
 */
final class FolderDraft {

    private final Path folder;
    private final Path draft;

    private FolderDraft(Path folder, Path draft) {
        this.folder = folder;
        this.draft = draft;
    }

    /** Makes what the folder is to stand in. */
    static FolderDraft of(Path folder) throws IOException {
        Files.createDirectories(folder.getParent());
        return new FolderDraft(folder, Files.createDirectory(WholeFile.draftOf(folder)));
    }

    /**
     * As {@link WholeFile#replace} does; each name once.
     *
     * @param text in pieces
     */
    void write(String name, List<String> text) throws IOException {
        WholeFile.create(draft.resolve(name), text);
    }

    void finish() throws IOException {
        try {
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            joinWhatStands();
        }
    }

    /** Somebody else has made it meanwhile. */
    private void joinWhatStands() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(draft)) {
            for (Path file : files) {
                Files.move(file, folder.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.delete(draft);
    }

    /** Whatever may be wrong with the disk has been told. */
    void abandon() {
        try {
            LeftDrafts.remove(draft);
        } catch (IOException told) {
            return;
        }
    }
}
