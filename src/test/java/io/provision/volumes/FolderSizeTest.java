package io.provision.volumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSizeTest {

    @TempDir
    Path temp;

    @Test
    void allFilesBelowCount() throws IOException {
        Files.writeString(temp.resolve("a"), "123");
        Files.writeString(Files.createDirectories(temp.resolve("b/c")).resolve("d"), "4567");

        assertEquals(new FolderSize(7, true), FolderSize.of(temp));
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Path volume = Files.createDirectory(temp.resolve("volume"));
        Files.createSymbolicLink(volume.resolve("up"), temp);
        Files.writeString(temp.resolve("outside"), "123");

        assertEquals(new FolderSize(0, true), FolderSize.of(volume));
    }

    @Test
    void aFolderThatIsNotThereHoldsNothing() {
        assertEquals(FolderSize.NOTHING, FolderSize.of(temp.resolve("gone")));
    }

    @Test
    void beyondTheBoundItSaysThatThereIsMore() throws IOException {
        for (int i = 0; i < 5; i++) {
            Files.writeString(temp.resolve("file-" + i), "1");
        }

        FolderSize bounded = FolderSize.of(temp, 4);

        assertFalse(bounded.complete());
        assertEquals(3, bounded.bytes());
        assertTrue(FolderSize.of(temp, 6).complete());
    }
}
