package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.Membership;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.PostgresResource.SearchPath;
import io.provision.plan.Resource;
import io.provision.plan.SqlFile;
import io.provision.plan.rollback.Standing.Content;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps schemas in which something stays, and what those need who work there. */
final class KeptSchemas {

    private final Undos undos;
    private final Standing standing;
    private final FileFates files;
    private final Collection<Change> joined;
    private final Set<String> dropped;

    /** @param joined what goes back with what was moved */
    KeptSchemas(Undos undos, Standing standing, FileFates files, Collection<Change> joined) {
        this.undos = undos;
        this.standing = standing;
        this.files = files;
        this.joined = joined;
        this.dropped = files.dropped();
    }

    /** @return the names of those that go */
    Set<String> keep() {
        Set<String> gone = new TreeSet<>();
        for (Schema schema : undos.dropped(Schema.class)) {
            List<Content> left = left(schema.name());
            whyKept(schema, left).ifPresentOrElse(
                    why -> {
                        undos.keep(schema.id(), why);
                        leaveWorking(
                                schema.name(),
                                workingIn(schema),
                                left.stream().map(Content::name).collect(Collectors.toSet()));
                    },
                    () -> gone.add(schema.name()));
        }
        return gone;
    }

    /** A file whose table went back with the one that it is a part of could not run again: it counts as run. */
    private Optional<String> whyKept(Schema schema, List<Content> left) {
        if (left.isEmpty()) {
            return files.kept().keySet().stream()
                    .map(net -> (SqlFile) net.resource())
                    .filter(file -> file.schema().equals(schema.name()))
                    .findFirst()
                    .map(file -> "%s, which counts as run, ran in it".formatted(file.name().file()));
        }
        String more = left.size() == 1 ? "" : " and %d more".formatted(left.size() - 1);
        return Optional.of("in it stands the %s%s".formatted(left.get(0).text(), more));
    }

    private List<Content> left(String schema) {
        Set<String> gone = new HashSet<>(dropped);
        List<Content> contents = standing.contents().getOrDefault(schema, List.of());
        List<Placement> goingBack = Stream.concat(undos.changes().stream(), joined.stream())
                .filter(change -> change.before().orElse(null) instanceof Placement was
                        && was.schema().equals(schema))
                .map(change -> (Placement) change.before().get())
                .toList();
        contents.stream()
                .filter(content -> goingBack.stream().anyMatch(content::is))
                .forEach(content -> gone.add(content.key()));
        return contents.stream()
                .filter(content -> !gone.contains(content.key()))
                .filter(content -> content.part().filter(gone::contains).isEmpty())
                .toList();
    }

    /** Who owns a schema that stays, or what stays in it: a role that goes on working. */
    private Set<String> workingIn(Schema schema) {
        Set<String> working = new HashSet<>(Set.of(schema.owner()));
        Set<String> made = undos.dropped(Role.class).stream().map(Role::name).collect(Collectors.toSet());
        standing.ties().stream()
                .filter(tie -> tie.kind() == RoleTie.Kind.OWNS
                        && made.contains(tie.role())
                        && tie.isIn(schema.name())
                        && tie.key().filter(dropped::contains).isEmpty())
                .forEach(tie -> working.add(tie.role()));
        return working;
    }

    /** What data stays in must stay within reach of whose it is. */
    private void leaveWorking(String schema, Set<String> roles, Set<String> objects) {
        for (Undo undo : undos.all()) {
            Resource resource = undo.net().resource();
            if (resource instanceof Role role && roles.contains(role.name())) {
                undos.keep(role.id(), "the schema %s, which is kept, or something in it, is its own".formatted(schema));
            } else if (resource instanceof ObjectGrants grants
                    && grants.schema().equals(schema)
                    && roles.contains(grants.grantee())) {
                undos.put(undo.without(objects));
            } else if (resource instanceof SearchPath path && roles.contains(path.role())
                    || resource instanceof Membership membership && roles.contains(membership.role())
                    || grants(resource, schema, roles)) {
                undos.leave(resource.id());
            }
        }
    }

    private static boolean grants(Resource resource, String schema, Set<String> roles) {
        return resource instanceof SchemaGrant s && s.schema().equals(schema) && roles.contains(s.grantee())
                || resource instanceof DefaultPrivileges d && d.schema().equals(schema) && roles.contains(d.grantee());
    }
}
