package io.provision.volumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.plan.Change;
import io.provision.plan.VolumeResource.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderProgressTest {

    @TempDir
    Path temp;

    @Test
    void aFolderThatWasNotMadeIsNoChange() {
        assertEquals(Optional.empty(), FolderProgress.of(FolderFixture.creating(FolderFixture.own(temp, "data"))));
    }

    @Test
    void aFolderThatWasMadeWholeIsTheChangeItself() {
        Change creating = FolderFixture.creating(FolderFixture.own(temp, "data"));
        FolderApplier.apply(creating);

        assertEquals(Optional.of(creating), FolderProgress.of(creating));
    }

    @Test
    void aFolderThatWasMadeAndNotYetGivenItsModeIsMadeAllTheSame() throws IOException {
        Folder wanted = FolderFixture.own(temp, "data");
        made(wanted.path(), FolderApplier.MODE_WHILE_MADE);

        assertEquals(Optional.of(0700), modeReached(FolderFixture.creating(wanted)));
    }

    @Test
    void aFolderOfAnotherModeThanARunEverGivesIsSomebodyElses() throws IOException {
        Folder wanted = FolderFixture.own(temp, "data");
        made(wanted.path(), 0711);

        assertEquals(Optional.empty(), FolderProgress.of(FolderFixture.creating(wanted)));
    }

    @Test
    void aFolderThatWasGivenAwayAndNotYetItsModeRemembersWhoseItWas() throws IOException {
        assumeTrue(FolderFixture.isRoot(temp), "only root gives a folder away");
        Path path = made(temp.resolve("data"), 0755);
        Folder was = FolderFixture.ownedBy("0:0", FolderFixture.folder(temp, 0755, false, "data"));
        Change altering = FolderFixture.altering(was, FolderFixture.ownedBy("1000:1000", FolderFixture.own(temp, "data")));
        Files.setAttribute(path, "unix:uid", 1000);

        Change reached = FolderProgress.of(altering).orElseThrow();

        assertEquals(Optional.of(was), reached.before());
        assertEquals(Optional.of("1000:0"), ((Folder) reached.resource()).owner());
    }

    @Test
    void aFolderThatStandsAsItDidWasNotAltered() throws IOException {
        Path path = made(temp.resolve("data"), 0755);
        Folder was = FolderFixture.ownedBy(
                FolderFixture.owner(path), FolderFixture.folder(temp, 0755, false, "data"));

        assertEquals(Optional.empty(), FolderProgress.of(FolderFixture.altering(was, FolderFixture.own(temp, "data"))));
    }

    @Test
    void aFolderThatIsStillThereWasNotRemoved() throws IOException {
        Folder folder = FolderFixture.own(temp, "data");
        made(folder.path(), 0750);

        assertEquals(Optional.empty(), FolderProgress.of(FolderFixture.removing(folder)));
    }

    private static Path made(Path path, int mode) throws IOException {
        Files.createDirectory(path);
        FolderFixture.chmod(path, mode);
        return path;
    }

    private static Optional<Integer> modeReached(Change change) {
        return FolderProgress.of(change).map(reached -> ((Folder) reached.resource()).mode());
    }
}
