package io.provision.verify;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.manifest.Volume;
import io.provision.plan.Change;
import io.provision.plan.Desired;
import io.provision.plan.DesiredState;
import io.provision.plan.Live;
import io.provision.plan.Login;
import io.provision.plan.Planner;
import io.provision.plan.Store;
import io.provision.plan.VolumeResource.Folder;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.volumes.FolderInspector;
import io.provision.volumes.Owners;
import io.provision.volumes.ReadOnlyDisk;
import io.provision.volumes.ShellWord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether the folders are there, whether their owners can write, and whether nobody else can. */
final class VolumeProof {

    private static final int OWNER_WRITES = 0200;
    private static final int OTHERS_WRITE = 0002;
    private static final int STICKY = 01000;
    private static final String NAME = "writable";

    private final Manifest manifest;
    private final Map<String, Instance> byName;
    private final Collection<Instance> instances;
    private final Function<Change, String> texts;
    private final List<Check> checks = new ArrayList<>();
    private final List<Breach> breaches = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private final Map<String, Integer> writable = new TreeMap<>();
    private final List<Path> roots = new ArrayList<>();

    private record Seen(Desired desired, Live live) {}

    private record Place(Path real, Path told, String instance) {

        /** Puts what is inside a folder right behind it: {@code a/b} before {@code a-b}, unlike the order of texts. */
        String inOrder() {
            return real.toString().replace('/', '\0');
        }
    }

    /** @param texts writes a change as a person would type it */
    VolumeProof(Manifest manifest, Collection<Instance> instances, Function<Change, String> texts) {
        this.manifest = manifest;
        this.byName = manifest.byName();
        this.instances = instances;
        this.texts = texts;
    }

    Evidence prove() {
        Seen seen = seen();
        Desired desired = seen.desired();
        Live live = seen.live();
        Evidence presence = new Presence(desired, Planner.plan(live, desired), live.unseen(), texts).evidence();
        live.state().each(Folder.class).forEach(folder -> {
            if (folder.modeStays()) {
                lookAbove(folder);
            } else {
                look(folder, (Folder) desired.state().find(folder.id()).orElseThrow(),
                        desired.instanceOf(folder.id()));
            }
        });
        tell();
        nested();
        return presence.and(new Evidence(checks, breaches, warnings));
    }

    /** Of those with nothing but folders on their way; they are looked at one by one only where that is not all. */
    private Seen seen() {
        try {
            return seen(instances);
        } catch (ProvisionException all) {
            return seen(unbarred());
        }
    }

    private Seen seen(Collection<Instance> some) {
        Desired desired = desired(some);
        return new Seen(desired, FolderInspector.inspect(desired));
    }

    private List<Instance> unbarred() {
        List<Instance> rest = new ArrayList<>();
        for (Instance instance : instances) {
            try {
                FolderInspector.inspect(desired(List.of(instance)));
                rest.add(instance);
            } catch (ProvisionException e) {
                checks.add(barred(instance, e.problems()));
            }
        }
        return rest;
    }

    private Desired desired(Collection<Instance> some) {
        Login nobody = new Login("", true, "");
        return Owners.ofThisMachine()
                .inNumbers(DesiredState.of(manifest, some, EnumSet.of(Store.VOLUME), nobody, Map.of(), List.of()));
    }

    private static Check barred(Instance instance, List<Problem> problems) {
        return Check.fails(
                instance.name(),
                "folder",
                String.join("; ", problems.stream().map(Problem::message).toList()),
                String.join("\n", problems.stream().flatMap(problem -> problem.remedy().stream()).distinct().toList()));
    }

    private void look(Folder stands, Folder wanted, String instance) {
        String name = stands.path().toString();
        if ((stands.mode() & OWNER_WRITES) == 0) {
            checks.add(Check.fails(
                    instance,
                    NAME,
                    "%s: its owner may not write there (mode %04o)".formatted(name, stands.mode()),
                    "chmod %04o %s".formatted(wanted.mode() | OWNER_WRITES, ShellWord.quote(name))));
        } else if (ReadOnlyDisk.holds(stands.path())) {
            checks.add(Check.fails(
                    instance,
                    NAME,
                    "%s: nobody may write there, because its disk is mounted read-only".formatted(name),
                    "mount it for writing, or set `volumes.root` to another disk"));
        } else {
            writable.merge(instance, 1, Integer::sum);
        }
        if (stands.owner().filter(owner -> owner.startsWith("0:")).isPresent()
                && owner(instance, stands.path()).isEmpty()) {
            roots.add(stands.path());
        }
        if ((stands.mode() & OTHERS_WRITE) != 0) {
            open(stands, wanted, instance);
        }
    }

    /** Of a folder on the way to instances' own: the sticky bit leaves what is in it to its owners. */
    private void lookAbove(Folder stands) {
        if ((stands.mode() & OTHERS_WRITE) != 0 && (stands.mode() & STICKY) == 0) {
            warnings.add(("everybody on this machine may put other folders in the place of those in %s (mode %04o);"
                    + " `chmod o-w %s` ends that").formatted(
                            stands.path(), stands.mode(), ShellWord.quote(stands.path().toString())));
        }
    }

    private void tell() {
        writable.forEach((instance, count) ->
                checks.add(Check.holds(instance, NAME, "the owners can write in their folders (%d)".formatted(count))));
        if (!roots.isEmpty()) {
            String which = roots.size() == 1
                    ? "the folder %s belongs".formatted(roots.get(0))
                    : "%d folders, such as %s, belong".formatted(roots.size(), roots.get(0));
            warnings.add(which + " to root: a container that runs as somebody else cannot write there; say who does in "
                    + "`volumes: {owner: …}`");
        }
    }

    private Optional<String> owner(String instance, Path path) {
        return Stream.ofNullable(byName.get(instance))
                .flatMap(i -> i.volumes().stream())
                .filter(volume -> volume.path().equals(path))
                .findFirst()
                .flatMap(Volume::owner);
    }

    private void open(Folder stands, Folder wanted, String instance) {
        String how = "everybody on this machine may write in %s (mode %04o)".formatted(stands.path(), stands.mode());
        if ((wanted.mode() & OTHERS_WRITE) != 0) {
            warnings.add(how + ", as the manifest says");
        } else {
            breaches.add(new Breach(
                    Breach.EVERY,
                    instance,
                    Store.VOLUME,
                    how,
                    "chmod %04o %s".formatted(wanted.mode(), ShellWord.quote(stands.path().toString()))));
        }
    }

    /** By where they really are: the roots may be symbolic links. All instances' folders, in one pass. */
    private void nested() {
        List<Place> places = manifest.instances().stream()
                .flatMap(instance -> instance.volumes().stream().flatMap(volume -> place(volume, instance)))
                .sorted(Comparator.comparing(Place::inOrder))
                .toList();
        Deque<Place> around = new ArrayDeque<>();
        Set<String> told = new HashSet<>();
        for (Place place : places) {
            while (!around.isEmpty() && !place.real().startsWith(around.peek().real())) {
                around.pop();
            }
            for (Place outer : around) {
                if (!outer.instance().equals(place.instance()) && told.add(outer.instance() + " " + place.instance())) {
                    breaches.add(inside(outer, place));
                }
            }
            around.push(place);
        }
    }

    private static Stream<Place> place(Volume volume, Instance instance) {
        try {
            return Stream.of(new Place(volume.path().toRealPath(), volume.path(), instance.name()));
        } catch (IOException e) {
            // What is not there, or cannot be looked at, is told elsewhere.
            return Stream.empty();
        }
    }

    private static Breach inside(Place outer, Place inner) {
        return new Breach(
                outer.instance(),
                inner.instance(),
                Store.VOLUME,
                "%s is %s %s".formatted(
                        inner.told(),
                        inner.real().equals(outer.real()) ? "the same folder as" : "inside",
                        outer.told()),
                "give each a folder of its own (`volumes: {root: …}`), then run `provision init`");
    }
}
