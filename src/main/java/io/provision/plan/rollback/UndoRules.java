package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SearchPath;
import io.provision.plan.Privilege;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.RedisResource.UserPassword;
import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.plan.Resource;
import io.provision.plan.RolePassword;
import io.provision.plan.SqlFile;
import io.provision.plan.VolumeResource.Folder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What to do about one net change, as things stand ({@code postgres.md}, "Rollback"): of privileges only what the tool
 * gave, of everything else only what is still as the tool left it.
 */
final class UndoRules {

    private final Standing standing;

    UndoRules(Standing standing) {
        this.standing = standing;
    }

    Undo undo(NetChange net) {
        Resource resource = net.resource();
        if (!standing.holders().hold(resource)) {
            // What the grantee, the schema or the role was, tells what became of it.
            return Undo.gone(net);
        }
        if (Privileged.covers(resource)) {
            return privileges(net);
        }
        if (resource instanceof ObjectGrants grants) {
            return objectGrants(net, grants);
        }
        if (resource instanceof RolePassword || resource instanceof UserPassword) {
            // It goes with whose it is; Reversal keeps it where that one stays.
            return Undo.gone(net);
        }
        if (resource instanceof ValidatedNamespace) {
            return Undo.by(net, Undo.turned(net));
        }
        if (resource instanceof SqlFile file) {
            return net.made()
                    ? Undo.by(net, Undo.turned(net))
                    : Undo.skipped(net, "%s had run before, and what it did then stands".formatted(file.name().file()));
        }
        return value(net);
    }

    private Undo privileges(NetChange net) {
        Set<Privilege> before = Privileged.of(net.before());
        Set<Privilege> left = Privileged.of(net.after());
        Set<Privilege> live = Privileged.of(standing.find(net.target()));
        Set<Privilege> given = Privilege.minus(left, before);
        Set<Privilege> taken = Privilege.minus(before, left);
        Set<Privilege> revoked = Privilege.minus(given, live);
        Set<Privilege> rest = Privilege.plus(Privilege.minus(live, given), taken);
        // What another hand did already is journaled as undone, or the next rollback would tell of it again.
        Set<Privilege> regiven = Privilege.both(taken, live);
        Set<Privilege> unsettled = Privilege.minus(Privilege.plus(rest, revoked), regiven);
        return new Undo(
                net,
                between(net, live, rest),
                between(net, unsettled, rest).stream().toList(),
                revoked.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Privilege.list(revoked) + " was taken away meanwhile by another hand"));
    }

    private static Optional<Change> between(NetChange net, Set<Privilege> from, Set<Privilege> to) {
        return from.equals(to)
                ? Optional.empty()
                : Optional.of(new Change(
                        net.instance(), with(net, from), with(net, to), Undo.reason(net), List.of()));
    }

    /** What the journal has already is not made anew. */
    private static Optional<Resource> with(NetChange net, Set<Privilege> privileges) {
        Optional<Resource> one = Privileged.with(net.resource(), privileges);
        return one.equals(net.after()) ? net.after() : one.equals(net.before()) ? net.before() : one;
    }

    private Undo objectGrants(NetChange net, ObjectGrants grants) {
        Map<String, Set<Privilege>> held = standing.grants().heldBy(net.target());
        Map<String, Set<Privilege>> still = new TreeMap<>();
        Map<String, Set<Privilege>> over = new TreeMap<>();
        List<String> revoked = new ArrayList<>();
        grants.lacking().forEach((object, given) -> {
            put(still, object, Privilege.both(given, held.getOrDefault(object, Set.of())));
            Set<Privilege> missing = Privilege.minus(given, held.getOrDefault(object, Set.of()));
            put(over, object, missing);
            if (held.containsKey(object) && !missing.isEmpty()) {
                revoked.add("%s on %s".formatted(Privilege.list(missing), object));
            }
        });
        return new Undo(
                net,
                still.isEmpty() ? Optional.empty() : Optional.of(revoking(net, grants, still)),
                over.isEmpty() ? List.of() : List.of(revoking(net, grants, over)),
                revoked.isEmpty()
                        ? Optional.empty()
                        : Optional.of(String.join("; ", revoked) + ": taken away meanwhile by another hand"));
    }

    private static void put(Map<String, Set<Privilege>> map, String object, Set<Privilege> privileges) {
        if (!privileges.isEmpty()) {
            map.put(object, privileges);
        }
    }

    private static Change revoking(NetChange net, ObjectGrants grants, Map<String, Set<Privilege>> what) {
        return new Change(
                net.instance(), Optional.empty(), Optional.of(grants.lacking(what)), Undo.reason(net), List.of());
    }

    private Undo value(NetChange net) {
        Optional<Resource> live = standing.find(net.target());
        if (Likeness.same(net.before(), live)) {
            String how = live.isPresent() ? "was put back" : "was taken away";
            return Undo.gone(net).telling("it %s meanwhile by another hand".formatted(how));
        }
        // A user carries no mark: one that another hand changed may be that hand's by now.
        boolean ours = net.made() && live.isPresent() && !(net.resource() instanceof AclUser)
                ? Likeness.sameMake(net.after().orElseThrow(), live.get())
                : Likeness.same(net.after(), live);
        if (!ours) {
            return Undo.skipped(net, live
                    .map(now -> "another hand changed it: %s".formatted(words(net, now)))
                    .orElse("another hand took it away"));
        }
        return Undo.by(net, new Change(
                net.instance(),
                live.equals(net.after()) ? net.after() : live,
                net.before(),
                Undo.reason(net),
                List.of()));
    }

    private static String words(NetChange net, Resource now) {
        if (now instanceof Placement placement
                && net.resource() instanceof Placement moved
                && moved.differsFrom(placement)) {
            return "another one of that name stands in %s, owned by %s"
                    .formatted(placement.schema(), placement.owner());
        }
        return "it %s now".formatted(words(now));
    }

    private static String words(Resource now) {
        if (now instanceof Schema schema) {
            return "is owned by %s%s".formatted(
                    schema.owner(), schema.comment().map(" with the comment \"%s\""::formatted).orElse(""));
        }
        if (now instanceof Role role) {
            return role.comment().map("has the comment \"%s\""::formatted).orElse("has no comment");
        }
        if (now instanceof SearchPath path) {
            return "is " + path.setting();
        }
        if (now instanceof Folder folder) {
            return "has the mode %04o%s".formatted(
                    folder.mode(), folder.owner().map(" and the owner "::concat).orElse(""));
        }
        if (now instanceof Placement placement) {
            return "stands in %s, owned by %s".formatted(placement.schema(), placement.owner());
        }
        return now instanceof AclUser ? "has other rules" : "is another one";
    }
}
