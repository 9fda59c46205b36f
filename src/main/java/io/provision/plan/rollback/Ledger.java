package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.Effect;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.Privilege;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.ResourceKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Adds up what the journal recorded, target by target. Privileges add up one by one, because other hands may have given
 * more of them between two runs; of everything else, a change counts as far back as each one found what the one before
 * had left.
 */
public final class Ledger {

    static final Comparator<NetChange> NEWEST_FIRST =
            Comparator.comparing((NetChange net) -> net.last().id()).reversed();

    private Ledger() {}

    /** What stands of all that was recorded, the newest first. */
    public static List<NetChange> standing(Collection<Recorded> recorded) {
        return byTarget(recorded).values().stream()
                .map(Ledger::add)
                .flatMap(Optional::stream)
                .sorted(NEWEST_FIRST)
                .toList();
    }

    /** What stands of what one run did, and none undid; also where a later one changed it: see {@link #overtaking}. */
    public static List<NetChange> standingOf(Collection<Recorded> recorded, String run) {
        return byTarget(recorded).values().stream()
                .filter(rows -> add(rows).isPresent())
                .map(rows -> add(RunShare.of(rows, run)))
                .flatMap(Optional::stream)
                .sorted(NEWEST_FIRST)
                .toList();
    }

    /** What became of each run of which a rollback has undone something. */
    public static Map<String, RolledBack> rolledBack(Collection<Recorded> recorded) {
        Map<String, Set<String>> undoing = new TreeMap<>();
        Set<String> standing = new TreeSet<>();
        byTarget(recorded).values().forEach(rows -> {
            boolean anything = add(rows).isPresent();
            rows.stream().filter(row -> !row.back()).map(Recorded::run).distinct().forEach(run -> {
                undoingOf(rows, run).forEach(by -> undoing.computeIfAbsent(run, r -> new TreeSet<>()).add(by));
                if (anything && add(RunShare.of(rows, run)).isPresent()) {
                    standing.add(run);
                }
            });
        });
        List<String> inOrder = recorded.stream()
                .sorted(Comparator.comparing(Recorded::id))
                .map(Recorded::run)
                .distinct()
                .toList();
        Map<String, RolledBack> rolledBack = new TreeMap<>();
        undoing.forEach((run, by) -> rolledBack.put(
                run, new RolledBack(!standing.contains(run), inOrder.stream().filter(by::contains).toList())));
        return rolledBack;
    }

    /** The rollbacks after which less of a run's share of one target was left than before. */
    private static List<String> undoingOf(List<Recorded> rows, String run) {
        List<String> undoing = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).back()
                    && rows.subList(0, i).stream().anyMatch(row -> row.run().equals(run))
                    && !RunShare.of(rows.subList(0, i), run).equals(RunShare.of(rows.subList(0, i + 1), run))) {
                undoing.add(rows.get(i).run());
            }
        }
        return undoing;
    }

    /** The latest run that left something else of a target than this one did, by target. */
    static Map<ResourceId, String> overtaking(Collection<Recorded> recorded, String run) {
        Map<ResourceId, String> overtaking = new TreeMap<>();
        byTarget(recorded).forEach((target, rows) -> {
            Optional<Recorded> own = rows.stream().filter(row -> row.run().equals(run)).reduce((a, b) -> b);
            Recorded last = rows.get(rows.size() - 1);
            own.filter(row -> !Likeness.same(row.change().after(), last.change().after()))
                    .ifPresent(row -> overtaking.put(target, last.run()));
        });
        return overtaking;
    }

    private static Map<ResourceId, List<Recorded>> byTarget(Collection<Recorded> recorded) {
        Map<ResourceId, List<Recorded>> byTarget = new LinkedHashMap<>();
        MovedSince.followed(recorded).stream()
                .filter(Ledger::counts)
                .sorted(Comparator.comparing(Recorded::id))
                .forEach(row -> byTarget.computeIfAbsent(row.change().target(), t -> new ArrayList<>()).add(row));
        return byTarget;
    }

    /** An object of a file is recorded when it is dropped; it was made by the file. */
    static boolean counts(Recorded row) {
        return row.change().resource().kind() != ResourceKind.SQL_OBJECT;
    }

    private static Optional<NetChange> add(List<Recorded> rows) {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Resource resource = rows.get(0).change().resource();
        if (Privileged.covers(resource)) {
            return ofPrivileges(rows);
        }
        // What only went back with something else was never brought here by the tool.
        return resource instanceof ObjectGrants
                ? ofObjectGrants(rows.get(0), rows)
                : ofChain(rows.stream().dropWhile(Recorded::back).toList());
    }

    static Optional<NetChange> ofPrivileges(List<Recorded> rows) {
        Set<Privilege> given = Set.of();
        Set<Privilege> taken = Set.of();
        Recorded first = rows.get(0);
        for (Recorded row : rows) {
            Set<Privilege> before = Privileged.of(row.change().before());
            Set<Privilege> after = Privileged.of(row.change().after());
            Set<Privilege> more = Privilege.minus(after, before);
            Set<Privilege> less = Privilege.minus(before, after);
            Set<Privilege> nowGiven =
                    Privilege.plus(Privilege.minus(given, less), Privilege.minus(more, taken));
            taken = Privilege.plus(Privilege.minus(taken, more), Privilege.minus(less, given));
            first = given.isEmpty() ? row : first;
            given = nowGiven;
        }
        Recorded last = rows.get(rows.size() - 1);
        Set<Privilege> left = Privilege.plus(Privileged.of(last.change().after()), given);
        Set<Privilege> was = Privilege.plus(Privilege.minus(left, given), taken);
        Resource like = last.change().resource();
        return given.isEmpty() && taken.isEmpty()
                ? Optional.empty()
                : net(Privileged.with(like, was), Privileged.with(like, left), last, first, List.of());
    }

    static Optional<NetChange> ofObjectGrants(Recorded first, List<Recorded> rows) {
        Map<String, Set<Privilege>> given = new TreeMap<>();
        for (Recorded row : rows) {
            boolean grants = row.change().after().isEmpty();
            ((ObjectGrants) row.change().resource()).lacking().forEach((object, privileges) -> given.merge(
                    object,
                    grants ? privileges : Set.of(),
                    (all, some) -> grants ? Privilege.plus(all, some) : Privilege.minus(all, privileges)));
        }
        given.values().removeIf(Set::isEmpty);
        Recorded last = rows.get(rows.size() - 1);
        ObjectGrants like = (ObjectGrants) last.change().resource();
        return given.isEmpty()
                ? Optional.empty()
                : net(Optional.of(like.lacking(given)), Optional.empty(), last, first, List.of());
    }

    static Optional<NetChange> ofChain(List<Recorded> rows) {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        int oldest = rows.size() - 1;
        while (oldest > 0 && goesOn(rows.get(oldest - 1), rows.get(oldest))) {
            oldest--;
        }
        List<Recorded> counting = rows.subList(making(rows, oldest), rows.size());
        Recorded last = rows.get(rows.size() - 1);
        Optional<Resource> before = counting.get(0).change().before();
        List<Effect> effects = counting.stream().flatMap(row -> row.effects().stream()).toList();
        return Likeness.same(before, last.change().after())
                ? Optional.empty()
                : net(before, last.change().after(), last, counting.get(0), effects);
    }

    private static boolean goesOn(Recorded earlier, Recorded later) {
        Optional<Resource> left = earlier.change().after();
        return left.isPresent() && Likeness.same(left, later.change().before());
    }

    /** What another hand did to a thing that the tool had made does not make it another's: where it was made. */
    private static int making(List<Recorded> rows, int oldest) {
        Optional<Resource> found = rows.get(oldest).change().before();
        for (int i = oldest - 1; i >= 0 && found.isPresent() && rows.get(i).change().after().isPresent(); i--) {
            Change change = rows.get(i).change();
            if (change.creates()) {
                return Likeness.sameMake(change.after().get(), found.get()) ? i : oldest;
            }
        }
        return oldest;
    }

    private static Optional<NetChange> net(
            Optional<Resource> before,
            Optional<Resource> after,
            Recorded last,
            Recorded first,
            List<Effect> effects) {
        return Optional.of(new NetChange(last.change().instance(), before, after, last, first, effects));
    }
}
