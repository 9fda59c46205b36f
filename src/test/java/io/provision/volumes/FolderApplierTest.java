package io.provision.volumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.plan.Change;
import io.provision.plan.Desired;
import io.provision.plan.Plan;
import io.provision.plan.VolumeResource.Folder;
import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderApplierTest {

    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(ints = {0700, 0750, 0777, 02770, 01777})
    void aFolderHasTheVeryModeThatWasAskedForWhateverTheUmask(int mode) throws IOException {
        // No umask lets all of these through, so a mode that stood in mkdir's hands alone would fall short.
        Folder folder = FolderFixture.folder(temp, mode, false, "data");

        FolderApplier.apply(FolderFixture.creating(folder));

        assertEquals(Integer.toOctalString(mode), Integer.toOctalString(FolderFixture.mode(folder.path())));
    }

    @Test
    void anInitLeavesNothingToDo() {
        Desired desired = FolderFixture.dataBelow(temp.resolve("volumes"));

        FolderFixture.init(desired);

        Plan plan = FolderFixture.plan(desired);
        assertEquals(List.of(), plan.changes());
        assertEquals(1, plan.unchanged());
    }

    @Test
    void applyingAgainChangesNothing() throws IOException {
        Change change = FolderFixture.creating(FolderFixture.own(temp, "data"));
        FolderApplier.apply(change);
        Files.writeString(temp.resolve("data/orders"), "kept");

        FolderApplier.apply(change);

        assertEquals(0750, FolderFixture.mode(temp.resolve("data")));
        assertEquals("kept", Files.readString(temp.resolve("data/orders")));
    }

    @Test
    void aFolderThatAKilledRunHadOnlyJustMadeIsFinished() throws IOException {
        Folder onTheWay = FolderFixture.folder(temp, 0755, true, "shared");
        Files.createDirectory(onTheWay.path());
        FolderFixture.chmod(onTheWay.path(), 0700);

        FolderApplier.apply(FolderFixture.creating(onTheWay));

        assertEquals(0755, FolderFixture.mode(onTheWay.path()));
    }

    @Test
    void aFolderOnTheWayThatAnotherHandMadeMeanwhileKeepsItsMode() throws IOException {
        Folder onTheWay = FolderFixture.folder(temp, 0750, true, "shared");
        Files.createDirectory(onTheWay.path());
        FolderFixture.chmod(onTheWay.path(), 0711);

        FolderApplier.apply(FolderFixture.creating(onTheWay));

        assertEquals(0711, FolderFixture.mode(onTheWay.path()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0000, 0300, 0777})
    void aFolderIsOpenedAgainWhateverItsModeWas(int mode) throws IOException {
        Folder wanted = FolderFixture.own(temp, "data");
        Files.createDirectory(wanted.path());
        FolderFixture.chmod(wanted.path(), mode);

        FolderFixture.init(FolderFixture.desired(wanted));

        assertEquals(0750, FolderFixture.mode(wanted.path()));
    }

    @Test
    void driftIsMendedAndItsInversePutsItBack() throws IOException {
        Folder wanted = FolderFixture.own(temp, "data");
        Files.createDirectory(wanted.path());
        FolderFixture.chmod(wanted.path(), 0777);
        Change change = FolderFixture.plan(FolderFixture.desired(wanted)).changes().get(0);

        FolderApplier.apply(change);
        int mended = FolderFixture.mode(wanted.path());
        FolderApplier.apply(change.inverse());

        assertEquals(0750, mended);
        assertEquals(0777, FolderFixture.mode(wanted.path()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "it's", "\"quoted\"", "two\nlines", "-rf", "$(reboot)", "Börse-東京", "*"})
    void aFolderMayHaveAnyName(String name) {
        Desired desired = FolderFixture.desired(FolderFixture.own(temp, name));

        FolderFixture.init(desired);

        assertTrue(Files.isDirectory(temp.resolve(name)));
        assertTrue(FolderFixture.plan(desired).isEmpty());
    }

    @Test
    void turnedRoundAnInitTakesAwayWhatItMade() {
        Path root = temp.resolve("volumes");
        Plan plan = FolderFixture.plan(FolderFixture.dataBelow(root));
        plan.changes().forEach(FolderApplier::apply);

        List<Optional<Kept>> kept = undo(plan);

        assertEquals(List.of(Optional.empty(), Optional.empty(), Optional.empty()), kept);
        assertFalse(Files.exists(root));
    }

    @Test
    void whatIsNotEmptyIsKeptWithItsSize() throws IOException {
        Path root = temp.resolve("volumes");
        Plan plan = FolderFixture.plan(FolderFixture.dataBelow(root));
        plan.changes().forEach(FolderApplier::apply);
        Files.writeString(root.resolve("exchange-OKX/data/orders"), "12345");

        List<Optional<Kept>> kept = undo(plan);

        FolderSize five = new FolderSize(5, true);
        assertEquals(
                List.of(
                        Optional.of(new Kept(root.resolve("exchange-OKX/data"), "it is not empty", five)),
                        Optional.of(new Kept(root.resolve("exchange-OKX"), "it is not empty", five)),
                        Optional.of(new Kept(root, "it is not empty", five))),
                kept);
        assertEquals("12345", Files.readString(root.resolve("exchange-OKX/data/orders")));
    }

    @Test
    void takingAwayWhatIsGoneIsDone() {
        assertEquals(Optional.empty(), FolderApplier.apply(FolderFixture.removing(FolderFixture.own(temp, "gone"))));
    }

    @Test
    void aFileOrLinkThatTookTheFoldersPlaceIsKept() throws IOException {
        Files.createFile(temp.resolve("file"));
        Files.createSymbolicLink(temp.resolve("link"), Files.createDirectory(temp.resolve("elsewhere")));

        Optional<Kept> file = FolderApplier.apply(FolderFixture.removing(FolderFixture.own(temp, "file")));
        Optional<Kept> link = FolderApplier.apply(FolderFixture.removing(FolderFixture.own(temp, "link")));

        assertEquals(Optional.of("it is a file now"), file.map(Kept::why));
        assertEquals(Optional.of("it is a symbolic link now"), link.map(Kept::why));
        assertTrue(Files.exists(temp.resolve("file")));
        assertTrue(Files.exists(temp.resolve("link"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aFolderOnWhichADiskWasMountedSinceIsKeptAndTheOneAboveToo() throws IOException, InterruptedException {
        Path data = Files.createDirectories(temp.resolve("exchange-OKX/data"));
        assumeTrue(done("mount", "-t", "tmpfs", "none", data.toString()), "this user may not mount");
        try {
            Files.writeString(data.resolve("orders"), "12345");
            Optional<Kept> own =
                    FolderApplier.apply(FolderFixture.removing(FolderFixture.own(temp, "exchange-OKX", "data")));
            Optional<Kept> above = FolderApplier.apply(FolderFixture.removing(FolderFixture.own(temp, "exchange-OKX")));

            assertEquals(Optional.of("a disk is mounted there (5 B)"), own.map(Kept::told));
            assertEquals(Optional.of("it is not empty (5 B)"), above.map(Kept::told));
        } finally {
            done("umount", data.toString());
        }
    }

    private static boolean done(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }

    @Test
    void aLinkThatWasPutInTheWayAfterThePlanIsNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        FolderFixture.chmod(elsewhere, 0700);
        Files.createSymbolicLink(temp.resolve("link"), elsewhere);

        List<Folder> folders = List.of(FolderFixture.own(temp, "link", "data"), FolderFixture.own(temp, "link"));

        for (Folder folder : folders) {
            ProvisionException e = assertThrows(
                    ProvisionException.class, () -> FolderApplier.apply(FolderFixture.creating(folder)));
            assertEquals(ExitCode.REFUSED, e.exitCode());
        }
        assertThrows(
                ProvisionException.class,
                () -> FolderApplier.apply(FolderFixture.altering(
                        FolderFixture.folder(temp, 0700, false, "link"), FolderFixture.own(temp, "link"))));
        assertFalse(Files.exists(elsewhere.resolve("data")));
        assertEquals(0700, FolderFixture.mode(elsewhere));
    }

    @Test
    void whereTheDiskRefusesTheFolderTheReasonAndTheRemedyAreTold() {
        Folder folder = FolderFixture.own(temp, "n".repeat(300));

        ProvisionException e =
                assertThrows(ProvisionException.class, () -> FolderApplier.apply(FolderFixture.creating(folder)));

        assertEquals(ExitCode.FAILED, e.exitCode());
        assertEquals(
                "Making the folder %s of exchange-OKX: file name too long".formatted(folder.path()),
                e.problems().get(0).message());
        assertTrue(e.problems().get(0).remedy().isPresent());
    }

    @Test
    void aFolderThatMayNotBeWrittenToIsRefused() throws IOException {
        assumeFalse(FolderFixture.isRoot(temp), "root may write into every folder");
        Path locked = Files.createDirectory(temp.resolve("locked"));
        FolderFixture.chmod(locked, 0500);

        ProvisionException e = assertThrows(
                ProvisionException.class,
                () -> FolderApplier.apply(FolderFixture.creating(FolderFixture.own(locked, "data"))));

        assertEquals(ExitCode.REFUSED, e.exitCode());
        assertEquals(
                "Making the folder %s/data of exchange-OKX: permission denied — run it as somebody who may write in %s,"
                                .formatted(locked, locked)
                        + " or set `volumes.root` to another place",
                e.getMessage());
    }

    @Test
    void rootGivesAFolderToANumberThatNoUserHas() throws IOException {
        assumeTrue(FolderFixture.isRoot(temp), "only root gives folders away");
        Desired desired = FolderFixture.desired(
                FolderFixture.ownedBy("54321:65432", FolderFixture.folder(temp, 02770, false, "data")));

        FolderFixture.init(desired);

        assertEquals("54321:65432", FolderFixture.owner(temp.resolve("data")));
        assertEquals(02770, FolderFixture.mode(temp.resolve("data")));
        assertTrue(FolderFixture.plan(desired).isEmpty());
    }

    @Test
    void anyoneElseWhoGivesAFolderAwayIsRefusedAndNoFolderIsLeft() throws IOException {
        assumeFalse(FolderFixture.isRoot(temp), "root may give folders away");
        Folder folder = FolderFixture.ownedBy("54321:65432", FolderFixture.own(temp, "data"));

        ProvisionException e =
                assertThrows(ProvisionException.class, () -> FolderApplier.apply(FolderFixture.creating(folder)));

        assertEquals(ExitCode.REFUSED, e.exitCode());
        assertTrue(e.getMessage().contains("operation not permitted — only root gives a folder away"), e.getMessage());
        assertFalse(Files.exists(folder.path()));
    }

    private static List<Optional<Kept>> undo(Plan plan) {
        List<Change> changes = new ArrayList<>(plan.changes());
        Collections.reverse(changes);
        return changes.stream().map(Change::inverse).map(FolderApplier::apply).toList();
    }
}
