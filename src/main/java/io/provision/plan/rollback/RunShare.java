package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.Privilege;
import io.provision.plan.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What one run did to a target, but for what a later rollback has undone of it: that is not to be undone again. */
final class RunShare {

    private RunShare() {}

    /** @param rows everything that was recorded of one target, in order */
    static List<Recorded> of(List<Recorded> rows, String run) {
        Resource resource = rows.get(0).change().resource();
        if (!Privileged.covers(resource) && !(resource instanceof ObjectGrants)) {
            return notUndone(rows).stream().filter(row -> row.run().equals(run)).toList();
        }
        List<Recorded> own = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).run().equals(run)) {
                Recorded row = rows.get(i);
                List<Recorded> undoing = rows.subList(i + 1, rows.size()).stream().filter(Recorded::back).toList();
                (resource instanceof ObjectGrants ? grants(row, undoing) : privileges(row, undoing))
                        .map(change -> with(row, change))
                        .ifPresent(own::add);
            }
        }
        return own;
    }

    /** Going back to what one of them had found takes that one back, and all that came after it. */
    private static List<Recorded> notUndone(List<Recorded> rows) {
        List<Recorded> open = new ArrayList<>();
        for (Recorded row : rows) {
            if (row.back()) {
                int from = open.size() - 1;
                while (from > 0 && !Likeness.same(open.get(from).change().before(), row.change().after())) {
                    from--;
                }
                open.subList(Math.max(from, 0), open.size()).clear();
            } else {
                open.add(row);
            }
        }
        return open;
    }

    private static Optional<Change> privileges(Recorded row, List<Recorded> undoing) {
        Set<Privilege> before = Privileged.of(row.change().before());
        Set<Privilege> after = Privileged.of(row.change().after());
        Set<Privilege> given = Privilege.minus(after, before);
        Set<Privilege> taken = Privilege.minus(before, after);
        for (Recorded back : undoing) {
            Set<Privilege> was = Privileged.of(back.change().before());
            Set<Privilege> is = Privileged.of(back.change().after());
            given = Privilege.minus(given, Privilege.minus(was, is));
            taken = Privilege.minus(taken, Privilege.minus(is, was));
        }
        Set<Privilege> found = Privilege.plus(Privilege.minus(after, given), taken);
        Resource like = row.change().resource();
        return found.equals(after)
                ? Optional.empty()
                : Optional.of(new Change(
                        row.change().instance(),
                        Privileged.with(like, found),
                        Privileged.with(like, after),
                        row.change().reason(),
                        List.of()));
    }

    private static Optional<Change> grants(Recorded row, List<Recorded> undoing) {
        ObjectGrants grants = (ObjectGrants) row.change().resource();
        Map<String, Set<Privilege>> left = new TreeMap<>(grants.lacking());
        undoing.forEach(back -> ((ObjectGrants) back.change().resource()).lacking().forEach((object, undone) ->
                left.computeIfPresent(object, (o, given) -> Privilege.minus(given, undone))));
        left.values().removeIf(Set::isEmpty);
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(new Change(
                        row.change().instance(),
                        row.change().before().map(was -> grants.lacking(left)),
                        row.change().after().map(is -> grants.lacking(left)),
                        row.change().reason(),
                        List.of()));
    }

    private static Recorded with(Recorded row, Change change) {
        return new Recorded(
                row.id(), row.run(), row.back(), row.host(), row.transaction(), change, row.effects());
    }
}
