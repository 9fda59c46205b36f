package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.Hazard;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.Plan;
import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.Membership;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.RolePassword;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.PostgresResource.SearchPath;
import io.provision.plan.PostgresResource.SqlFile;
import io.provision.plan.RedisResource.UserPassword;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.ResourceKind;
import io.provision.plan.Store;
import io.provision.plan.VolumeResource.Folder;
import io.provision.plan.rollback.Standing.Content;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns round what the journal tells of ({@code postgres.md}, "Rollback"). Pure: the same journal and the same live
 * state give the same plan.
 */
public final class Reversal {

    private final Standing standing;
    private final Map<ResourceId, Undo> undos = new LinkedHashMap<>();
    private final List<Remark> kept = new ArrayList<>();
    private final Set<String> goneSchemas = new TreeSet<>();
    private final FileFates files;
    private final Collection<NetChange> staying;

    private Reversal(
            Collection<NetChange> nets, Collection<NetChange> staying, Standing standing, boolean discardData) {
        this.standing = standing;
        this.staying = staying;
        UndoRules rules = new UndoRules(standing);
        nets.forEach(net -> undos.put(net.target(), rules.undo(net)));
        files = new FileFates(
                standing.objects(),
                undos.values().stream()
                        .filter(undo -> undo.change().isPresent() && undo.net().resource() instanceof SqlFile)
                        .map(Undo::net)
                        .toList(),
                staying,
                discardData);
    }

    /**
     * @param nets what is to be undone, the newest first
     * @param staying what else the tool left, and is not undone now
     * @param discardData whether tables that files of {@code sql:} made are dropped with rows in them
     */
    public static RollbackPlan plan(
            Collection<NetChange> nets, Collection<NetChange> staying, Standing standing, boolean discardData) {
        Reversal reversal = new Reversal(nets, staying, standing, discardData);
        reversal.keepFiles();
        reversal.leaveDropped();
        reversal.keepFolders();
        reversal.keepSchemas();
        reversal.keepWays();
        reversal.keepRoles();
        reversal.keepPasswords();
        return reversal.plan();
    }

    private void keepFiles() {
        files.kept().forEach((file, why) -> {
            undos.remove(file.target());
            kept.add(files.forGood(file) ? Remark.keptForGood(file, why) : Remark.kept(file, why));
        });
    }

    /** What a file made, and the tool moved later, is dropped where it stands. */
    private void leaveDropped() {
        for (Undo undo : List.copyOf(undos.values())) {
            if (undo.change().flatMap(Change::before).orElse(null) instanceof Placement was
                    && files.drops(was.schema(), was.name())) {
                undos.put(undo.net().target(), Undo.gone(undo.net()));
            }
        }
    }

    private void keep(ResourceId id, String why) {
        kept.add(Remark.kept(undos.remove(id).net(), why));
    }

    /** The deepest first: a folder goes where all that is in it goes. */
    private void keepFolders() {
        Set<Path> gone = new HashSet<>();
        dropped(Folder.class).stream()
                .sorted(Comparator.comparing((Folder folder) -> folder.path().getNameCount()).reversed())
                .forEach(folder -> {
                    List<Path> left = standing.entries().getOrDefault(folder.path(), List.of()).stream()
                            .filter(entry -> !gone.contains(entry))
                            .toList();
                    if (left.isEmpty()) {
                        gone.add(folder.path());
                    } else {
                        keep(folder.id(), "it is not empty: %s is in it".formatted(left.get(0).getFileName()));
                    }
                });
    }

    private void keepSchemas() {
        Set<String> droppedObjects = files.dropped();
        for (Schema schema : dropped(Schema.class)) {
            List<Content> left = left(schema.name(), droppedObjects);
            Optional<String> why = whyKept(schema, left);
            if (why.isEmpty()) {
                goneSchemas.add(schema.name());
            } else {
                keep(schema.id(), why.get());
                leaveWorking(
                        schema.name(),
                        workingIn(schema, droppedObjects),
                        left.stream().map(Content::name).collect(Collectors.toSet()));
            }
        }
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

    /** What a file made is dropped and not taken back. */
    private List<Change> joined() {
        return standing.joined().stream()
                .filter(change -> !(change.before().orElse(null) instanceof Placement was)
                        || !files.drops(was.schema(), was.name()))
                .toList();
    }

    private List<Content> left(String schema, Set<String> droppedObjects) {
        Set<String> gone = new HashSet<>(droppedObjects);
        List<Content> contents = standing.contents().getOrDefault(schema, List.of());
        List<Placement> goingBack = Stream.concat(changes().stream(), joined().stream())
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
    private Set<String> workingIn(Schema schema, Set<String> droppedObjects) {
        Set<String> working = new HashSet<>(Set.of(schema.owner()));
        Set<String> made = dropped(Role.class).stream().map(Role::name).collect(Collectors.toSet());
        standing.ties().stream()
                .filter(tie -> tie.kind() == RoleTie.Kind.OWNS
                        && made.contains(tie.role())
                        && tie.schema().filter(schema.name()::equals).isPresent()
                        && tie.key().filter(droppedObjects::contains).isEmpty())
                .forEach(tie -> working.add(tie.role()));
        return working;
    }

    /** What data stays in must stay within reach of whose it is. */
    private void leaveWorking(String schema, Set<String> roles, Set<String> objects) {
        for (Undo undo : List.copyOf(undos.values())) {
            Resource resource = undo.net().resource();
            if (resource instanceof Role role && roles.contains(role.name())) {
                keep(role.id(), "the schema %s, which is kept, or something in it, is its own".formatted(schema));
            } else if (resource instanceof ObjectGrants grants
                    && grants.schema().equals(schema)
                    && roles.contains(grants.grantee())) {
                undos.put(resource.id(), undo.without(objects));
            } else if (resource instanceof SearchPath path && roles.contains(path.role())
                    || resource instanceof Membership membership && roles.contains(membership.role())
                    || grants(resource, schema, roles)) {
                undos.remove(resource.id());
            }
        }
    }

    private static boolean grants(Resource resource, String schema, Set<String> roles) {
        return resource instanceof SchemaGrant s && s.schema().equals(schema) && roles.contains(s.grantee())
                || resource instanceof DefaultPrivileges d && d.schema().equals(schema) && roles.contains(d.grantee());
    }

    private void keepWays() {
        Set<String> dropped = files.dropped();
        KeptWays ways = new KeptWays(
                List.copyOf(undos.values()),
                staying,
                standing,
                all(),
                tie -> tie.schema().filter(goneSchemas::contains).isPresent()
                        || tie.key().filter(dropped::contains).isPresent());
        for (Undo undo : List.copyOf(undos.values())) {
            if (undo.change().isPresent()) {
                ways.why(undo.net()).ifPresent(why -> keep(undo.net().target(), why));
            }
        }
    }

    private void keepRoles() {
        RoleTies ties = new RoleTies(all(), goneSchemas, files.dropped());
        for (Role role : dropped(Role.class)) {
            standing.ties().stream()
                    .filter(tie -> tie.role().equals(role.name()) && ties.stays(tie))
                    .findFirst()
                    .ifPresent(tie -> keep(role.id(), "it " + tie.text()));
        }
    }

    /** A password goes with the role or user whose it is, and else stays: nobody knows the one before. */
    private void keepPasswords() {
        for (Undo undo : List.copyOf(undos.values())) {
            holder(undo.net().resource())
                    .filter(this::stays)
                    .ifPresent(holder -> {
                        undos.remove(undo.net().target());
                        kept.add(Remark.password(undo.net()));
                    });
        }
    }

    private static Optional<ResourceId> holder(Resource resource) {
        if (resource instanceof RolePassword password) {
            return Optional.of(new Role(password.role(), Optional.empty()).id());
        }
        return resource instanceof UserPassword password
                ? Optional.of(new ResourceId(Store.REDIS, ResourceKind.ACL_USER.id(), password.target()))
                : Optional.empty();
    }

    private boolean stays(ResourceId holder) {
        Optional<Undo> undo = Optional.ofNullable(undos.get(holder));
        boolean goes = undo.flatMap(Undo::change).filter(change -> change.after().isEmpty()).isPresent();
        boolean gone = undo.filter(one -> one.change().isEmpty() && !one.settled().isEmpty()).isPresent();
        return !goes && !gone && (holder.store() == Store.REDIS || standing.roles().contains(holder.target()));
    }

    private <T extends Resource> List<T> dropped(Class<T> type) {
        return undos.values().stream()
                .flatMap(undo -> undo.change().stream())
                .filter(change -> change.after().isEmpty())
                .map(Change::resource)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private List<Change> changes() {
        return undos.values().stream().flatMap(undo -> undo.change().stream()).toList();
    }

    /** With what goes along: objects that files made, and what default privileges granted meanwhile. */
    private Collection<Change> all() {
        Map<ResourceId, Change> all = new LinkedHashMap<>();
        changes().forEach(change -> all.put(change.target(), change));
        GrantedMeanwhile meanwhile = new GrantedMeanwhile(standing);
        changes().forEach(change -> meanwhile.by(change).ifPresent(
                also -> all.merge(also.target(), also, GrantedMeanwhile::together)));
        files.changes().forEach(change -> all.put(change.target(), change));
        joined().forEach(change -> all.put(change.target(), change));
        Set<String> dropped = files.dropped();
        standing.hazards().forEach((id, hazards) -> all.computeIfPresent(id, (i, change) -> new Change(
                change.instance(), change.before(), change.after(), change.reason(), left(hazards, dropped))));
        return all.values();
    }

    /** What is dropped itself does not break. */
    private static List<Hazard> left(List<Hazard> hazards, Set<String> dropped) {
        return hazards.stream()
                .filter(hazard -> hazard.object().filter(dropped::contains).isEmpty())
                .toList();
    }

    private RollbackPlan plan() {
        List<Change> ordered = RollbackOrder.ordered(all());
        List<Change> settled = undos.values().stream().flatMap(undo -> undo.settled().stream()).toList();
        List<Remark> skipped = undos.values().stream()
                .flatMap(undo -> undo.remark().stream())
                .toList();
        Plan plan = new Plan(
                ordered,
                Stream.concat(
                                standing.refusals().stream(),
                                ViewsInTheWay.refusals(undos.values(), ordered).stream())
                        .toList(),
                List.of(),
                List.of(),
                notes(),
                0,
                RollbackOrder.fingerprint(List.of(ordered, settled, kept, skipped)));
        return new RollbackPlan(plan, settled, kept, skipped);
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(standing.notes());
        joined().forEach(change -> {
            Placement joined = (Placement) change.before().orElseThrow();
            notes.add("%s: %s %s.%s has joined since and goes back with it"
                    .formatted(change.instance(), joined.type().word(), joined.schema(), joined.name()));
        });
        return notes;
    }
}
