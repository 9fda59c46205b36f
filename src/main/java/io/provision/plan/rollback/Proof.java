package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.Distribution;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.Privilege;
import io.provision.plan.Resource;
import io.provision.plan.SqlFile;
import io.provision.plan.SqlObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says of changes that were undone whether that is so: REVOKE, too, may only warn, and do nothing. */
public final class Proof {

    private Proof() {}

    /** @return what is not as it should be, in words */
    public static List<String> missing(Collection<Change> done, Standing standing) {
        Set<String> copied = done.stream()
                .filter(change -> change.resource() instanceof Distribution && change.after().isEmpty())
                .map(change -> ((Distribution) change.resource()).schema())
                .collect(Collectors.toSet());
        return done.stream()
                .map(change -> unidentified(change, copied))
                .filter(change -> !holds(change, standing))
                .map(change -> "%s (%s)".formatted(change.target().words(), change.reason()))
                .toList();
    }

    /** Citus gives a table that it undistributes another OID. */
    private static Change unidentified(Change change, Set<String> copied) {
        return change.after().orElse(null) instanceof Placement placement && copied.contains(placement.to())
                ? change.reaching(placement.of(Optional.empty()))
                : change;
    }

    private static boolean holds(Change change, Standing standing) {
        Resource resource = change.resource();
        if (resource instanceof SqlFile || resource instanceof SqlObject) {
            // DROP either does it or fails.
            return true;
        }
        if (resource instanceof ObjectGrants grants) {
            Map<String, Set<Privilege>> held = standing.grants().heldBy(change.target());
            return grants.lacking().entrySet().stream()
                    .allMatch(entry -> Privilege.both(entry.getValue(), held.getOrDefault(entry.getKey(), Set.of()))
                            .isEmpty());
        }
        Optional<Resource> live = standing.find(change.target());
        if (resource instanceof Placement && live.isEmpty()) {
            // What has joined the others is not looked for by name, and ALTER either does it or fails.
            return true;
        }
        if (Privileged.covers(resource)) {
            Set<Privilege> before = Privileged.of(change.before());
            Set<Privilege> after = Privileged.of(change.after());
            Set<Privilege> now = Privileged.of(live);
            return now.containsAll(Privilege.minus(after, before))
                    && Privilege.both(now, Privilege.minus(before, after)).isEmpty();
        }
        return Likeness.same(change.after(), live);
    }
}
