package io.provision.plan;

import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.VolumeResource.Folder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares what stands with what should stand. Pure: the same two states give the same plan, whatever the order in
 * which they were put together. It takes nothing away that another hand made.
 */
public final class Planner {

    /** All roles come first, then all memberships, in bulk; see {@code postgres.md}, "Facts seen on servers". */
    private static final Comparator<Change> ORDER = Comparator.comparing((Change c) -> phase(c))
            .thenComparing(Change::instance)
            .thenComparing((Change c) -> c.resource().kind())
            .thenComparing(Change::resource, Planner::compareScripts)
            .thenComparing((Change c) -> !namesTypes(c.resource()))
            .thenComparing(Change::target);

    private Planner() {}

    public static Plan plan(Live live, Desired desired) {
        List<Change> changes = new ArrayList<>();
        int unchanged = 0;
        for (Map.Entry<ResourceId, Resource> entry : desired.state().resources().entrySet()) {
            if (live.unseen().contains(entry.getKey())) {
                continue;
            }
            Optional<Resource> before = live.state().find(entry.getKey());
            Optional<Resource> after = entry.getValue().over(before);
            if (!before.equals(after)) {
                changes.add(change(live, desired.instanceOf(entry.getKey()), before, after));
            } else if (after.isPresent() && !onTheWay(entry.getValue())) {
                unchanged++;
            }
        }
        changes.sort(ORDER);
        return new Plan(
                changes,
                Refusals.of(live.state(), desired, changes),
                live.unlisted(),
                live.unknown(),
                Stream.of(live.notes(), FilesAfterMoves.notes(changes), CopiedRows.notes(changes))
                        .flatMap(List::stream)
                        .toList(),
                unchanged,
                fingerprint(live, desired.state()));
    }

    /** How deep a volume lies in the file system is no matter of the manifest. */
    private static boolean onTheWay(Resource resource) {
        return resource instanceof Folder folder && folder.modeStays();
    }

    private static Change change(
            Live live, String instance, Optional<Resource> before, Optional<Resource> after) {
        List<Hazard> hazards = new ArrayList<>(hazards(before, after));
        ResourceId id = after.or(() -> before).orElseThrow().id();
        hazards.addAll(live.hazards().getOrDefault(id, List.of()));
        String reason = Optional.ofNullable(live.reasons().get(id)).orElseGet(() -> Reasons.of(before, after));
        return new Change(instance, before, after, reason, hazards);
    }

    private static List<Hazard> hazards(Optional<Resource> before, Optional<Resource> after) {
        if (before.orElse(null) instanceof Schema was
                && after.orElse(null) instanceof Schema is
                && was.comment().flatMap(Mark::parse).isEmpty()) {
            return List.of(new Hazard(
                    Hazard.OWNERSHIP,
                    "%s, who owns the schema %s, will own it no more and keep only what was granted to it"
                            .formatted(was.owner(), is.name())));
        }
        return List.of();
    }

    private static int phase(Change change) {
        return switch (change.resource().kind()) {
            case ROLE -> 0;
            case MEMBERSHIP -> 1;
            default -> change.instance().equals(Change.SHARED) ? 2 : 3;
        };
    }

    private static int compareScripts(Resource one, Resource other) {
        if (one instanceof SqlFile file && other instanceof SqlFile next) {
            return Comparator.comparing(SqlFile::schema).thenComparing(SqlFile::name).compare(file, next);
        }
        return 0;
    }

    /** A function is named by its arguments' types, where they stand: it moves before them, and back after them. */
    private static boolean namesTypes(Resource resource) {
        return resource instanceof Placement placement && placement.type() == Movable.FUNCTION;
    }

    private static Fingerprint fingerprint(Live live, State desired) {
        return new Fingerprint(text -> desired.resources().forEach((id, resource) -> {
            text.accept(resource + "\n");
            text.accept((live.unseen().contains(id) ? "unseen" : live.state().find(id)) + "\n");
            text.accept(live.hazards().getOrDefault(id, List.of()) + "\n");
        }));
    }
}
