package io.provision.volumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.plan.Change;
import io.provision.plan.VolumeResource.Folder;
import io.provision.testing.Barrier;
import io.provision.volumes.FolderProgress.Nothing;
import io.provision.volumes.FolderProgress.Reached;
import io.provision.volumes.FolderProgress.Unseen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderProgressTest {

    @TempDir
    Path temp;

    @Test
    void aFolderThatWasNotMadeIsNoChange() {
        assertEquals(new Nothing(), FolderProgress.of(FolderFixture.creating(FolderFixture.own(temp, "data"))));
    }

    @Test
    void aFolderThatWasMadeWholeIsTheChangeItself() {
        Change creating = FolderFixture.creating(FolderFixture.own(temp, "data"));
        FolderApplier.apply(creating);

        assertEquals(new Reached(creating), FolderProgress.of(creating));
    }

    @Test
    void aFolderThatWasMadeAndNotYetGivenItsModeIsMadeAllTheSame() throws IOException {
        Folder wanted = FolderFixture.own(temp, "data");
        made(wanted.path(), FolderApplier.MODE_WHILE_MADE);

        Change reached = assertInstanceOf(
                Reached.class, FolderProgress.of(FolderFixture.creating(wanted))).change();

        assertEquals(0700, ((Folder) reached.resource()).mode());
    }

    @Test
    void aFolderOfAnotherModeThanARunEverGivesIsSomebodyElses() throws IOException {
        Folder wanted = FolderFixture.own(temp, "data");
        made(wanted.path(), 0711);

        assertEquals(new Nothing(), FolderProgress.of(FolderFixture.creating(wanted)));
    }

    @Test
    void aFolderThatWasGivenAwayAndNotYetItsModeRemembersWhoseItWas() throws IOException {
        assumeTrue(FolderFixture.isRoot(temp), "only root gives a folder away");
        Path path = made(temp.resolve("data"), 0755);
        Folder was = FolderFixture.ownedBy("0:0", FolderFixture.folder(temp, 0755, false, "data"));
        Change altering = FolderFixture.altering(
                was, FolderFixture.ownedBy("1000:1000", FolderFixture.own(temp, "data")));
        Files.setAttribute(path, "unix:uid", 1000);

        Change reached = assertInstanceOf(Reached.class, FolderProgress.of(altering)).change();

        assertEquals(Optional.of(was), reached.before());
        assertEquals(Optional.of("1000:0"), ((Folder) reached.resource()).owner());
    }

    @Test
    void aFolderThatStandsAsItDidWasNotAltered() throws IOException {
        Path path = made(temp.resolve("data"), 0755);
        Folder was = FolderFixture.ownedBy(
                FolderFixture.owner(path), FolderFixture.folder(temp, 0755, false, "data"));

        assertEquals(new Nothing(), FolderProgress.of(FolderFixture.altering(was, FolderFixture.own(temp, "data"))));
    }

    @Test
    void aFolderThatIsStillThereWasNotRemoved() throws IOException {
        Folder folder = FolderFixture.own(temp, "data");
        made(folder.path(), 0750);

        assertEquals(new Nothing(), FolderProgress.of(FolderFixture.removing(folder)));
    }

    @Test
    void aFolderThatIsGoneWasRemoved() {
        Change removing = FolderFixture.removing(FolderFixture.own(temp, "data"));

        assertEquals(new Reached(removing), FolderProgress.of(removing));
    }

    @Test
    void whereSomethingElseStandsNobodyKnowsOfARemoval() throws IOException {
        Folder folder = FolderFixture.own(temp, "data");
        Files.createFile(folder.path());

        assertEquals(new Nothing(), FolderProgress.of(FolderFixture.removing(folder)));
    }

    @Test
    void whatCannotBeLookedAtIsStillToBeFoundOut() throws IOException {
        Path root = Files.createDirectories(temp.resolve("disk/volumes"));
        Folder folder = FolderFixture.own(root, "data");
        made(folder.path(), 0750);
        try (Barrier barrier = Barrier.at(temp.resolve("disk"))) {
            for (Change change : List.of(FolderFixture.creating(folder), FolderFixture.removing(folder))) {
                String why = assertInstanceOf(Unseen.class, FolderProgress.of(change)).why();
                assertTrue(why.startsWith("whether there are folders in " + temp + " cannot be seen: "), why);
            }
        }
    }

    private static Path made(Path path, int mode) throws IOException {
        Files.createDirectory(path);
        FolderFixture.chmod(path, mode);
        return path;
    }
}
