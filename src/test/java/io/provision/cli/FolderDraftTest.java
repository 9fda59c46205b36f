package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderDraftTest {

    @TempDir
    private Path parent;

    private Path folder;
    private FolderDraft draft;

    @BeforeEach
    void begin() throws IOException {
        folder = parent.resolve("rendered/env");
        draft = FolderDraft.of(folder);
        draft.write("a.env", List.of("A=1\n"));
    }

    @Test
    void theFolderAppearsWhenItIsFinishedWithAllItsFiles() throws IOException {
        draft.write("b.env", List.of("B=2\n"));
        assertFalse(Files.exists(folder));

        draft.finish();

        assertEquals(List.of("a.env", "b.env"), names(folder));
        assertEquals("A=1\n", Files.readString(folder.resolve("a.env")));
        assertEquals(List.of("env"), names(folder.getParent()));
    }

    @Test
    void itsFilesAreReadableForEverybodyAndWritableForTheirOwnerAlone() throws IOException {
        draft.finish();

        assertEquals("rw-r--r--",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a.env"))));
    }

    @Test
    void aFolderThatSomebodyElseMadeMeanwhileGetsTheFilesAndKeepsItsOwn() throws IOException {
        Files.createDirectory(folder);
        Files.writeString(folder.resolve("a.env"), "A=0\n");
        Files.writeString(folder.resolve("own.env"), "OWN=1\n");

        draft.finish();

        assertEquals(List.of("a.env", "own.env"), names(folder));
        assertEquals("A=1\n", Files.readString(folder.resolve("a.env")));
        assertEquals(List.of("env"), names(folder.getParent()));
    }

    @Test
    void aFileThatStandsInThePlaceOfTheFolderStaysAndNothingIsLeft() throws IOException {
        Files.writeString(folder, "somebody's");

        assertThrows(IOException.class, draft::finish);

        draft.abandon();
        assertEquals("somebody's", Files.readString(folder));
        assertEquals(List.of("env"), names(folder.getParent()));
    }

    @Test
    void whatIsGivenUpLeavesNothing() throws IOException {
        draft.abandon();

        assertEquals(List.of(), names(folder.getParent()));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
