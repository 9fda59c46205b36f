package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.Privilege;
import io.provision.plan.SameTexts;
import io.provision.plan.SqlFile;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is to become of one net change.
 *
 * @param change what is to be done; empty where there is nothing to do or nothing may be done
 * @param settled what another hand has undone already, to be journaled without a statement
 * @param skipped why it, or a part of it, is not undone
 */
record Undo(NetChange net, Optional<Change> change, List<Change> settled, Optional<String> skipped) {

    Undo {
        Objects.requireNonNull(net, "net");
        Objects.requireNonNull(change, "change");
        settled = List.copyOf(settled);
        Objects.requireNonNull(skipped, "skipped");
    }

    static Undo by(NetChange net, Change change) {
        return new Undo(net, Optional.of(change), List.of(), Optional.empty());
    }

    /** Nothing is left of it. */
    static Undo gone(NetChange net) {
        return new Undo(net, Optional.empty(), List.of(turned(net)), Optional.empty());
    }

    static Undo skipped(NetChange net, String why) {
        return new Undo(net, Optional.empty(), List.of(), Optional.of(why));
    }

    /** What is told of it. */
    Optional<Remark> remark() {
        if (net.resource() instanceof SqlFile && !net.made()) {
            return skipped.map(why -> Remark.ranBefore(net, why));
        }
        boolean left = change.isEmpty() && settled.isEmpty();
        return skipped.map(why -> left ? Remark.changed(net, why) : Remark.undone(net, why));
    }

    /** An instance's changes have few reasons. */
    Undo reasonFrom(SameTexts texts) {
        return new Undo(net, change.map(all -> reasonFrom(texts, all)), settled, skipped);
    }

    private static Change reasonFrom(SameTexts texts, Change all) {
        return new Change(
                all.instance(), all.before(), all.after(), texts.one(all.reason()), all.hazards());
    }

    Undo telling(String why) {
        return new Undo(net, change, settled, Optional.of(why));
    }

    /** The same of object grants, but for those on some objects. */
    Undo without(Set<String> objects) {
        Optional<Change> less = change.flatMap(all -> {
            ObjectGrants grants = (ObjectGrants) all.resource();
            Map<String, Set<Privilege>> rest = new TreeMap<>(grants.lacking());
            rest.keySet().removeAll(objects);
            return rest.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Change(
                            all.instance(), all.before(), Optional.of(grants.lacking(rest)), all.reason(), List.of()));
        });
        return new Undo(net, less, settled, skipped);
    }

    /** What the tool left, turned round. */
    static Change turned(NetChange net) {
        return new Change(net.instance(), net.after(), net.before(), reason(net), List.of());
    }

    static String reason(NetChange net) {
        return "undoes: " + net.first().change().reason();
    }
}
