package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.Privilege;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Taking a default privilege away leaves what it granted on objects that were made meanwhile: that goes too. */
final class GrantedMeanwhile {

    private final Standing standing;

    GrantedMeanwhile(Standing standing) {
        this.standing = standing;
    }

    /** What is to be done beside a change. */
    Optional<Change> by(Change change) {
        Map<String, Set<Privilege>> granted = standing.grants().grantedMeanwhile(change.target());
        if (!(change.resource() instanceof DefaultPrivileges defaults) || granted.isEmpty()) {
            return Optional.empty();
        }
        Set<Privilege> taken =
                Privilege.minus(Privileged.of(change.before()), Privileged.of(change.after()));
        Map<String, Set<Privilege>> lacking = new TreeMap<>();
        granted.keySet().forEach(object -> lacking.put(object, taken));
        return Optional.of(new Change(
                change.instance(),
                Optional.empty(),
                Optional.of(new ObjectGrants(
                        defaults.schema(), defaults.objects(), defaults.grantee(), taken, lacking)),
                "undoes: what its default privileges granted on objects that were made meanwhile",
                List.of()));
    }

    /** Of the same grantee, both. */
    static Change together(Change one, Change other) {
        ObjectGrants grants = (ObjectGrants) one.resource();
        Map<String, Set<Privilege>> all = new HashMap<>(grants.lacking());
        ((ObjectGrants) other.resource())
                .lacking()
                .forEach((object, more) -> all.merge(object, more, Privilege::plus));
        return new Change(
                one.instance(), Optional.empty(), Optional.of(grants.lacking(all)), one.reason(), List.of());
    }
}
