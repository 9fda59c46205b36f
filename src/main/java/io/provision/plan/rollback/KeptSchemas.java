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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps schemas in which something stays, and what those need who work there. */
final class KeptSchemas {

    private final Undos undos;
    private final Standing standing;
    private final TiesByPlace ties;
    private final Set<String> dropped;

    /** By schema: what goes back from it, and the first file that ran in it and counts as run. */
    private final Map<String, List<Placement>> goingBack;

    private final Map<String, SqlFile> countingAsRun = new HashMap<>();

    /** What is to be done to begin with: of a schema, and of a role. Places in {@link #undone}. */
    private final Map<String, List<Integer>> ofSchema = new HashMap<>();

    private final Map<String, List<Integer>> ofRole = new HashMap<>();
    private final List<Resource> undone;

    /** @param joined what goes back with what was moved */
    KeptSchemas(Undos undos, Standing standing, TiesByPlace ties, FileFates files, Collection<Change> joined) {
        this.undos = undos;
        this.standing = standing;
        this.ties = ties;
        this.dropped = files.dropped();
        this.goingBack = Stream.concat(undos.changes().stream(), joined.stream())
                .flatMap(change -> change.before().stream())
                .filter(Placement.class::isInstance)
                .map(Placement.class::cast)
                .collect(Collectors.groupingBy(Placement::schema));
        files.kept().keySet().stream()
                .map(net -> (SqlFile) net.resource())
                .forEach(file -> countingAsRun.putIfAbsent(file.schema(), file));
        this.undone = undos.all().stream().map(undo -> undo.net().resource()).toList();
        for (int i = 0; i < undone.size(); i++) {
            list(undone.get(i), i);
        }
    }

    private void list(Resource resource, int place) {
        if (resource instanceof Role role) {
            add(ofRole, role.name(), place);
        } else if (resource instanceof SearchPath path) {
            add(ofRole, path.role(), place);
        } else if (resource instanceof Membership membership) {
            add(ofRole, membership.role(), place);
        } else {
            ChangesByPlace.schemasOf(resource).forEach(schema -> add(ofSchema, schema, place));
        }
    }

    private static void add(Map<String, List<Integer>> lists, String key, int place) {
        lists.computeIfAbsent(key, k -> new ArrayList<>()).add(place);
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
            return Optional.ofNullable(countingAsRun.get(schema.name()))
                    .map(file -> "%s, which counts as run, ran in it".formatted(file.name().file()));
        }
        String more = left.size() == 1 ? "" : " and %d more".formatted(left.size() - 1);
        return Optional.of("in it stands the %s%s".formatted(left.get(0).text(), more));
    }

    private List<Content> left(String schema) {
        List<Content> contents = standing.contents().getOrDefault(schema, List.of());
        List<Placement> leaving = goingBack.getOrDefault(schema, List.of());
        Set<String> moved = contents.stream()
                .filter(content -> leaving.stream().anyMatch(content::is))
                .map(Content::key)
                .collect(Collectors.toSet());
        Predicate<String> goes = key -> dropped.contains(key) || moved.contains(key);
        return contents.stream()
                .filter(content -> !goes.test(content.key()))
                .filter(content -> content.part().filter(goes).isEmpty())
                .toList();
    }

    /** Who owns a schema that stays, or what stays in it: a role that goes on working. */
    private Set<String> workingIn(Schema schema) {
        Set<String> working = new HashSet<>(Set.of(schema.owner()));
        ties.in(schema.name()).stream()
                .filter(tie -> tie.kind() == RoleTie.Kind.OWNS
                        && undos.drops(new Role(tie.role(), Optional.empty()).id())
                        && tie.key().filter(dropped::contains).isEmpty())
                .forEach(tie -> working.add(tie.role()));
        return working;
    }

    /** What data stays in must stay within reach of whose it is. */
    private void leaveWorking(String schema, Set<String> roles, Set<String> objects) {
        Set<Integer> concerned = new TreeSet<>(ofSchema.getOrDefault(schema, List.of()));
        roles.forEach(role -> concerned.addAll(ofRole.getOrDefault(role, List.of())));
        concerned.forEach(place -> undos.find(undone.get(place).id()).ifPresent(
                undo -> leaveWorking(undo, schema, roles, objects)));
    }

    private void leaveWorking(Undo undo, String schema, Set<String> roles, Set<String> objects) {
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

    private static boolean grants(Resource resource, String schema, Set<String> roles) {
        return resource instanceof SchemaGrant s && s.schema().equals(schema) && roles.contains(s.grantee())
                || resource instanceof DefaultPrivileges d && d.schema().equals(schema) && roles.contains(d.grantee());
    }
}
