package io.provision.apply;

import io.provision.plan.Desired;
import io.provision.plan.Mark;
import io.provision.plan.Resource;
import io.provision.plan.State;
import io.provision.plan.VolumeResource.Folder;
import io.provision.plan.rollback.NetChange;
import io.provision.plan.rollback.Remark;
import io.provision.plan.rollback.RollbackPlan;
import io.provision.plan.rollback.Standing;
import io.provision.problem.ProvisionException;
import io.provision.volumes.FolderEntries;
import io.provision.volumes.FolderInspector;
import io.provision.volumes.FolderSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the folders that runs made or altered. What was made on another machine's disk is not seen from here. */
final class FolderLook {

    private final List<NetChange> seen = new ArrayList<>();
    private final List<Remark> elsewhere = new ArrayList<>();
    private final List<Resource> standing = new ArrayList<>();
    private final Map<String, Path> named = new HashMap<>();
    private final Map<Path, List<Path>> entries = new HashMap<>();

    /** @param host this machine, as the journal names it */
    FolderLook(Collection<NetChange> nets, String host) {
        for (NetChange net : nets) {
            if (!(net.resource() instanceof Folder folder)) {
                seen.add(net);
                continue;
            }
            List<Resource> found = find(net);
            String made = net.last().host();
            if (found.isEmpty() && !made.isEmpty() && !made.equals(host)) {
                elsewhere.add(Remark.elsewhere(net, made));
            } else {
                seen.add(net);
                standing.addAll(found);
                named.put(Remark.words(net.target()), folder.path());
                entries.put(folder.path(), FolderEntries.of(folder.path()));
            }
        }
    }

    /** Where something else stands by now, or nothing can be seen, the folder does not. */
    private static List<Resource> find(NetChange net) {
        try {
            Desired wanted = new Desired(
                    State.of(List.of(net.resource())),
                    Map.of(net.target(), net.instance()),
                    new Mark("rollback", net.instance(), "rollback"));
            return List.copyOf(FolderInspector.inspect(wanted).state().resources().values());
        } catch (ProvisionException barred) {
            return List.of();
        }
    }

    /** All that is to be undone here. */
    List<NetChange> seen() {
        return seen;
    }

    List<Remark> elsewhere() {
        return elsewhere;
    }

    /** With the size of what has to stay, which takes a look at each file, and so is asked of nothing else. */
    RollbackPlan sized(RollbackPlan rollback) {
        return rollback.telling(remark -> Optional.ofNullable(named.get(remark.what()))
                .map(path -> remark.adding(FolderSize.of(path).toString()))
                .orElse(remark));
    }

    Standing addTo(Standing others) {
        return others.with(State.of(standing), entries);
    }
}
