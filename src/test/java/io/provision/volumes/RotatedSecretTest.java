package io.provision.volumes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At each step some file holds the password that a server may want; nothing is taken away that another one made. */
class RotatedSecretTest {

    @TempDir
    private Path folder;

    private Path file;
    private RotatedSecret secret;

    @BeforeEach
    void aPassword() throws IOException {
        file = Files.writeString(folder.resolve("okx"), "old\n");
        secret = new RotatedSecret(file, false);
    }

    @Test
    void theNewOneTakesThePlaceOfTheOldWhichStaysUntilItIsSettled() throws IOException {
        String next = new String(secret.next());
        secret.place();

        assertEquals(next, read("okx"));
        assertEquals("old", read(".okx.before"));
        secret.settle();
        assertEquals(List.of("okx"), names());
    }

    @Test
    void askedTwiceItIsTheSameOne() {
        assertArrayEquals(secret.next(), secret.next());
    }

    @Test
    void placedTwiceTheOldOneStaysBesideIt() throws IOException {
        secret.next();
        secret.place();
        secret.place();

        assertEquals("old", read(".okx.before"));
    }

    @Test
    void givenUpTheFileIsAsItWas() throws IOException {
        secret.next();
        secret.place();
        secret.giveUp();

        assertEquals("old", read("okx"));
        assertEquals(List.of("okx"), names());
    }

    @Test
    void givenUpBeforeItWasMadeTheFileStays() throws IOException {
        secret.giveUp();

        assertEquals("old", read("okx"));
    }

    @Test
    void givenUpBeforeItWasPlacedTheFileStaysAndTheNewOneGoes() throws IOException {
        secret.next();
        secret.giveUp();

        assertEquals("old", read("okx"));
        assertEquals(List.of("okx"), names());
    }

    @Test
    void whatStoodBesideItAndIsNoPasswordIsLeftAlone() throws IOException {
        Files.createFile(folder.resolve(".okx.next"));

        assertThrows(ProvisionException.class, secret::next);
        secret.giveUp();

        assertEquals(List.of(".okx.next", "okx"), names());
    }

    @Test
    void whereThereWasNoneNoneIsLeft() throws IOException {
        Files.delete(file);

        secret.next();
        secret.place();
        secret.giveUp();

        assertEquals(List.of(), names());
    }

    @Test
    void whatAnUnfinishedRunPlacedIsTheNewOneStill() throws IOException {
        secret.next();
        secret.place();

        RotatedSecret later = new RotatedSecret(file, true);

        assertEquals(read("okx"), new String(later.next()));
        later.place();
        assertEquals("old", read(".okx.before"));
    }

    @Test
    void whatAnUnfinishedRunPlacedIsGivenUpWithoutHavingBeenAskedFor() throws IOException {
        secret.next();
        secret.place();

        new RotatedSecret(file, true).giveUp();

        assertEquals("old", read("okx"));
        assertEquals(List.of("okx"), names());
    }

    @Test
    void whatAnUnfinishedRunMadeIsTheNewOneStill() {
        assertArrayEquals(secret.next(), new RotatedSecret(file, true).next());
    }

    @Test
    void whatARunThatHasEndedLeftIsClearedAway() throws IOException {
        Files.writeString(folder.resolve(".okx.before"), "older\n");

        secret.clear();

        assertEquals(List.of("okx"), names());
    }

    @Test
    void whatAnUnfinishedRunNeedsStillIsNotClearedAway() throws IOException {
        secret.next();
        secret.place();

        new RotatedSecret(file, true).clear();

        assertEquals("old", read(".okx.before"));
    }

    @Test
    void aPasswordBesideItThatNobodyClearedAwayIsNotWrittenOver() throws IOException {
        Files.writeString(folder.resolve(".okx.before"), "perhaps valid\n");
        secret.next();

        assertThrows(ProvisionException.class, secret::place);
        secret.giveUp();

        assertEquals("old", read("okx"));
        assertEquals("perhaps valid", read(".okx.before"));
    }

    @Test
    void throughALinkTheFileItselfIsReplaced() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        RotatedSecret linked = new RotatedSecret(link, false);

        linked.next();
        linked.place();
        linked.settle();

        assertNotEquals("old", read("okx"));
        assertEquals(file.toRealPath(), link.toRealPath());
        assertFalse(Files.exists(folder.resolve(".link.next")));
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name)).strip();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
