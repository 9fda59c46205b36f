package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.Fingerprint;
import io.provision.plan.Hazard;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.Plan;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.ResourceId;
import io.provision.plan.SqlFile;
import io.provision.plan.VolumeResource.Folder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Turns round what the journal tells of ({@code postgres.md}, "Rollback"). Pure: the same journal and the same live
 * state give the same plan.
 */
public final class Reversal {

    private final Standing standing;
    private final Undos undos;
    private final FileFates files;
    private final Staying staying;
    private final List<Change> joined;
    private final TiesByPlace ties;

    private Reversal(
            Collection<NetChange> nets, Staying staying, Standing standing, boolean discardData) {
        this.standing = standing;
        this.staying = staying;
        this.ties = new TiesByPlace(standing.ties());
        this.undos = new Undos(nets, standing);
        this.files = new FileFates(
                standing.objects(),
                undos.all().stream()
                        .filter(undo -> undo.change().isPresent() && undo.net().resource() instanceof SqlFile)
                        .map(Undo::net)
                        .toList(),
                staying,
                discardData);
        // What a file made is dropped and not taken back.
        this.joined = standing.back().joined().stream().filter(change -> !isDropped(change)).toList();
    }

    /**
     * @param nets what is to be undone, the newest first
     * @param staying what else the tool left, and is not undone now
     * @param discardData whether tables that files of {@code sql:} made are dropped with rows in them
     */
    public static RollbackPlan plan(
            Collection<NetChange> nets, Staying staying, Standing standing, boolean discardData) {
        return new Reversal(nets, staying, standing, discardData).plan();
    }

    /** Each step may keep what the ones after it look at. */
    private RollbackPlan plan() {
        keepFiles();
        leaveDropped();
        KeptFolders.why(undos.dropped(Folder.class), standing.entries()).forEach(undos::keep);
        Set<String> goneSchemas = new KeptSchemas(undos, standing, ties, files, joined).keep();
        keepAccess(goneSchemas);
        keepRoles(goneSchemas);
        new KeptPasswords(undos, standing.holders()).keep();
        return decided();
    }

    private void keepFiles() {
        files.kept().forEach((file, why) -> {
            if (files.forGood(file)) {
                undos.keepForGood(file.target(), why);
            } else {
                undos.keep(file.target(), why);
            }
        });
    }

    /** What a file made, and the tool moved later, is dropped where it stands. */
    private void leaveDropped() {
        undos.all().stream()
                .filter(undo -> undo.change().filter(this::isDropped).isPresent())
                .forEach(undo -> undos.put(Undo.gone(undo.net())));
    }

    private boolean isDropped(Change change) {
        return change.before().orElse(null) instanceof Placement was && files.drops(was);
    }

    private void keepAccess(Set<String> goneSchemas) {
        Set<String> dropped = files.dropped();
        KeptAccess access = new KeptAccess(
                undos.all(),
                staying,
                ties,
                all(),
                tie -> tie.schema().filter(goneSchemas::contains).isPresent()
                        || tie.key().filter(dropped::contains).isPresent());
        for (Undo undo : undos.all()) {
            if (undo.change().isPresent()) {
                access.why(undo.net()).ifPresent(why -> undos.keep(undo.net().target(), why));
            }
        }
    }

    private void keepRoles(Set<String> goneSchemas) {
        RoleTies cut = new RoleTies(all(), goneSchemas, files.dropped());
        for (Role role : undos.dropped(Role.class)) {
            ties.of(role.name()).stream()
                    .filter(cut::stays)
                    .findFirst()
                    .ifPresent(tie -> undos.keep(role.id(), "it " + tie.text()));
        }
    }

    /** With what goes along: objects that files made, and what default privileges granted meanwhile. */
    private Collection<Change> all() {
        Map<ResourceId, Change> all = undos.changesById();
        GrantedMeanwhile meanwhile = new GrantedMeanwhile(standing);
        undos.changes().forEach(change -> meanwhile.by(change).ifPresent(
                also -> all.merge(also.target(), also, GrantedMeanwhile::together)));
        files.changes().forEach(change -> all.put(change.target(), change));
        joined.forEach(change -> all.put(change.target(), change));
        Set<String> dropped = files.dropped();
        standing.back().hazards().forEach((id, hazards) -> all.computeIfPresent(id, (i, change) -> new Change(
                change.instance(), change.before(), change.after(), change.reason(), left(hazards, dropped))));
        // Not with what they were found by: of ten thousand instances, that is as much again.
        return List.copyOf(all.values());
    }

    /** What is dropped itself does not break. */
    private static List<Hazard> left(List<Hazard> hazards, Set<String> dropped) {
        return hazards.stream()
                .filter(hazard -> hazard.object().filter(dropped::contains).isEmpty())
                .toList();
    }

    private RollbackPlan decided() {
        List<Change> ordered = RollbackOrder.ordered(all());
        List<Change> settled = undos.all().stream().flatMap(undo -> undo.settled().stream()).toList();
        List<Remark> kept = List.copyOf(undos.kept());
        List<Remark> skipped = undos.all().stream()
                .flatMap(undo -> undo.remark().stream())
                .toList();
        Plan plan = new Plan(
                ordered,
                Stream.of(
                                standing.back().refusals(),
                                ViewsInTheWay.refusals(undos.all(), ordered),
                                StillDistributed.refusals(staying, ordered))
                        .flatMap(List::stream)
                        .toList(),
                List.of(),
                List.of(),
                notes(),
                0,
                Fingerprint.of(ordered, settled, kept, skipped));
        return new RollbackPlan(plan, settled, kept, skipped);
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(standing.back().notes());
        joined.forEach(change -> {
            Placement joined = (Placement) change.before().orElseThrow();
            notes.add("%s: %s %s.%s has joined since and goes back with it"
                    .formatted(change.instance(), joined.type().word(), joined.schema(), joined.name()));
        });
        return notes;
    }
}
