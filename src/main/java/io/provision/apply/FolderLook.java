package io.provision.apply;

import io.provision.plan.Resource;
import io.provision.plan.State;
import io.provision.plan.VolumeResource.Folder;
import io.provision.plan.rollback.NetChange;
import io.provision.plan.rollback.Remark;
import io.provision.plan.rollback.RollbackPlan;
import io.provision.plan.rollback.Standing;
import io.provision.volumes.FolderEntries;
import io.provision.volumes.FolderInspector;
import io.provision.volumes.FolderSight;
import io.provision.volumes.FolderSight.Barred;
import io.provision.volumes.FolderSight.Stands;
import io.provision.volumes.FolderSight.Unseen;
import io.provision.volumes.FolderSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at the folders that runs made or altered. What was made on another machine's disk is not seen from here, and
 * what is not seen is left as it is.
 */
final class FolderLook {

    private final String host;
    private final List<NetChange> seen = new ArrayList<>();
    private final List<Remark> unseen = new ArrayList<>();
    private final List<Remark> changed = new ArrayList<>();
    private final List<Resource> standing = new ArrayList<>();
    private final Map<Path, List<Path>> entries = new HashMap<>();

    /** @param host this machine, as the journal names it */
    FolderLook(Collection<NetChange> nets, String host) {
        this.host = host;
        Map<Folder, String> folders = new LinkedHashMap<>();
        for (NetChange net : nets) {
            if (net.resource() instanceof Folder folder) {
                folders.put(folder, net.instance());
            }
        }
        Map<Folder, FolderSight> sights = FolderInspector.each(folders);
        Map<Path, String> aboveUnseen = aboveUnseen(folders.keySet(), sights);
        for (NetChange net : nets) {
            if (net.resource() instanceof Folder folder) {
                sort(net, folder, sights.get(folder), aboveUnseen);
            } else {
                seen.add(net);
            }
        }
    }

    private static Map<Path, String> aboveUnseen(Collection<Folder> folders, Map<Folder, FolderSight> sights) {
        Map<Path, String> aboveUnseen = new HashMap<>();
        for (Folder folder : folders) {
            if (sights.get(folder) instanceof Unseen dark) {
                for (Path above = folder.path().getParent(); above != null; above = above.getParent()) {
                    aboveUnseen.putIfAbsent(above, dark.why());
                }
            }
        }
        return aboveUnseen;
    }

    private void sort(NetChange net, Folder folder, FolderSight sight, Map<Path, String> aboveUnseen) {
        String made = net.last().host();
        if (!(sight instanceof Stands) && !made.isEmpty() && !made.equals(host)) {
            unseen.add(Remark.elsewhere(net, made));
        } else if (sight instanceof Unseen dark) {
            unseen.add(Remark.unseen(net, dark.why()));
        } else if (sight instanceof Barred barred) {
            changed.add(Remark.changed(net, "another hand changed it: " + barred.problem().message()));
        } else if (net.before().isEmpty() && aboveUnseen.containsKey(folder.path())) {
            unseen.add(Remark.unseen(net, aboveUnseen.get(folder.path())));
        } else {
            seen.add(net);
            if (sight instanceof Stands stands) {
                standing.add(stands.folder());
            }
            entries.put(folder.path(), FolderEntries.of(folder.path()));
        }
    }

    /** All that is to be undone here. */
    List<NetChange> seen() {
        return seen;
    }

    /** What is kept because it is not seen from here. */
    List<Remark> unseen() {
        return unseen;
    }

    /** What is skipped because something else stands there. */
    List<Remark> changed() {
        return changed;
    }

    /** With the size of what has to stay, which takes a look at each file, and so is asked of nothing else. */
    RollbackPlan sized(RollbackPlan rollback) {
        if (rollback.kept().isEmpty()) {
            return rollback;
        }
        Map<String, Path> named = new HashMap<>();
        for (NetChange net : seen) {
            if (net.resource() instanceof Folder folder) {
                named.put(net.target().words(), folder.path());
            }
        }
        return rollback.telling(remark -> Optional.ofNullable(named.get(remark.what()))
                .map(path -> remark.adding(FolderSize.of(path).toString()))
                .orElse(remark));
    }

    Standing addTo(Standing others) {
        return others.with(State.of(standing), entries);
    }
}
