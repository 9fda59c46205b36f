package io.provision.volumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.provision.plan.Desired;
import io.provision.plan.Live;
import io.provision.plan.Plan;
import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.State;
import io.provision.plan.VolumeResource.Folder;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderInspectorTest {

    @TempDir
    Path temp;

    @Test
    void whereNothingStandsNothingIsSeen() {
        Live live = FolderInspector.inspect(FolderFixture.dataBelow(temp.resolve("volumes")));

        assertEquals(Live.NOTHING, live);
    }

    @Test
    void aFolderIsSeenWithItsModeAndWithItsOwnerInNumbers() throws IOException {
        Folder wanted = FolderFixture.own(temp, "data");
        Files.createDirectory(wanted.path());
        FolderFixture.chmod(wanted.path(), 02775);

        Folder found = FolderFixture.found(FolderInspector.inspect(FolderFixture.desired(wanted)), wanted);

        assertEquals(new Folder(wanted.path(), temp, 02775, false, Optional.of(FolderFixture.owner(temp))), found);
    }

    @Test
    void aFolderOfAnotherModeIsDrift() throws IOException {
        Folder wanted = FolderFixture.own(temp, "data");
        Files.createDirectory(wanted.path());
        FolderFixture.chmod(wanted.path(), 0777);

        Plan plan = FolderFixture.plan(FolderFixture.desired(wanted));

        assertEquals(List.of("its mode is 0777"), plan.changes().stream().map(c -> c.reason()).toList());
    }

    @Test
    void aFolderOnTheWayIsUsedAsItIs() throws IOException {
        FolderFixture.chmod(temp, 0711);

        Plan plan = FolderFixture.plan(FolderFixture.desired(FolderFixture.folder(temp, 0750, true)));

        assertTrue(plan.isEmpty());
    }

    @Test
    void allThatBarsTheWayIsToldAtOnceAndOnlyAtItsTop() throws IOException {
        Files.createFile(temp.resolve("a"));
        Files.createSymbolicLink(temp.resolve("b"), Files.createDirectory(temp.resolve("elsewhere")));
        Files.createSymbolicLink(temp.resolve("c"), temp.resolve("nowhere"));
        Desired desired = FolderFixture.desired(
                FolderFixture.own(temp, "a", "data"),
                FolderFixture.own(temp, "a", "logs"),
                FolderFixture.own(temp, "b", "data"),
                FolderFixture.own(temp, "c"));

        ProvisionException e = assertThrows(ProvisionException.class, () -> FolderInspector.inspect(desired));

        assertEquals(ExitCode.REFUSED, e.exitCode());
        assertEquals(
                List.of(
                        temp + "/a, where a folder of exchange-OKX should be, is a file",
                        temp + "/b, where a folder of exchange-OKX should be, is a symbolic link",
                        temp + "/c, where a folder of exchange-OKX should be, is a symbolic link"),
                e.problems().stream().map(Problem::message).toList());
        assertTrue(e.problems().stream().allMatch(problem -> problem.remedy().isPresent()));
    }

    @Test
    void aRootThatIsAFileIsRefused() throws IOException {
        Path root = Files.createFile(temp.resolve("volumes"));

        ProvisionException e = assertThrows(
                ProvisionException.class, () -> FolderInspector.inspect(FolderFixture.dataBelow(root)));

        assertEquals(
                root + ", where a folder of exchange-OKX should be, is a file — move it away, or set `volumes.root` to"
                        + " another place",
                e.getMessage());
    }

    @Test
    void aRootThatIsALinkOrStandsBelowOneIsFollowed() throws IOException {
        Files.createDirectories(temp.resolve("disk/volumes"));
        Path above = Files.createSymbolicLink(temp.resolve("above"), temp.resolve("disk"));
        Path root = Files.createSymbolicLink(temp.resolve("root"), above.resolve("volumes"));
        Folder wanted = FolderFixture.own(root, "data");

        FolderFixture.init(FolderFixture.desired(wanted));

        assertTrue(Files.isDirectory(temp.resolve("disk/volumes/data")));
        assertTrue(FolderFixture.plan(FolderFixture.desired(wanted)).isEmpty());
    }

    @Test
    void aRootThatIsALinkToNothingIsRefused() throws IOException {
        Path root = Files.createSymbolicLink(temp.resolve("volumes"), temp.resolve("nowhere"));

        ProvisionException e = assertThrows(
                ProvisionException.class, () -> FolderInspector.inspect(FolderFixture.dataBelow(root)));

        assertTrue(e.problems().get(0).message().endsWith("is a symbolic link to nothing"), e.getMessage());
        assertEquals("make the folder that it leads to, or set `volumes.root` to another place",
                e.problems().get(0).remedy().orElseThrow());
    }

    @Test
    void whatCannotBeLookedAtIsUnknownAndSaidOnce() throws IOException {
        assumeFalse(FolderFixture.isRoot(temp), "root may look into every folder");
        Path locked = Files.createDirectories(temp.resolve("locked/data")).getParent();
        FolderFixture.chmod(locked, 0);
        Desired desired = FolderFixture.desired(
                FolderFixture.own(temp, "locked", "data"), FolderFixture.own(temp, "locked", "logs"));

        Live live = FolderInspector.inspect(desired);
        FolderFixture.chmod(locked, 0700);

        assertEquals(
                List.of("Whether there are folders in %s cannot be seen: permission denied.".formatted(locked)),
                live.unknown());
    }

    @Test
    void aNameThatTheDiskCannotTakeIsUnknown() {
        Live live = FolderInspector.inspect(FolderFixture.desired(FolderFixture.own(temp, "n".repeat(300))));

        assertEquals(
                List.of("Whether there are folders in %s cannot be seen: file name too long.".formatted(temp)),
                live.unknown());
        assertTrue(
                live.unseen().stream().anyMatch(id -> id.target().endsWith("n".repeat(300))), live.unseen()::toString);
    }

    @Test
    @Tag("full")
    void tenThousandInstancesAreSeenAsTheyWereMade() {
        Folder[] folders = IntStream.range(0, 10_000)
                .mapToObj(i -> FolderFixture.own(temp, "instance-%05d".formatted(i)))
                .toArray(Folder[]::new);
        Desired desired = FolderFixture.desired(folders);

        FolderFixture.init(desired);

        Plan plan = FolderFixture.plan(desired);
        assertEquals(List.of(), plan.changes());
        assertEquals(10_000, plan.unchanged());
    }

    @Test
    void otherResourcesAreLeftToTheirStores() {
        Resource namespace = new ValidatedNamespace("exchange:OKX");
        ResourceId id = namespace.id();
        Desired mixed = new Desired(
                State.of(List.of(namespace)),
                Map.of(id, FolderFixture.INSTANCE),
                FolderFixture.desired().mark());

        assertEquals(Live.NOTHING, FolderInspector.inspect(mixed));
    }
}
