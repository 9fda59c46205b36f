package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.SameTexts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What is to become of each net change, as far as that is decided by now; what turns out to have to stay leaves it. */
final class Undos {

    private final Map<ResourceId, Undo> undos = new LinkedHashMap<>();
    private final List<Remark> kept = new ArrayList<>();

    Undos(Collection<NetChange> nets, Standing standing) {
        UndoRules rules = new UndoRules(standing);
        SameTexts texts = new SameTexts();
        nets.forEach(net -> undos.put(standing.sameId(net.target()), rules.undo(net).reasonFrom(texts)));
    }

    /** As they are now: what is decided afterwards does not show. */
    List<Undo> all() {
        return List.copyOf(undos.values());
    }

    List<Change> changes() {
        return undos.values().stream().flatMap(undo -> undo.change().stream()).toList();
    }

    /** The same by what they are about, for whoever has more to do. */
    Map<ResourceId, Change> changesById() {
        Map<ResourceId, Change> changes = new LinkedHashMap<>();
        undos.forEach((id, undo) -> undo.change().ifPresent(change -> changes.put(id, change)));
        return changes;
    }

    /** What is to go, of one kind. */
    <T extends Resource> List<T> dropped(Class<T> type) {
        return changes().stream()
                .filter(change -> change.after().isEmpty())
                .map(Change::resource)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Whether it is to go. */
    boolean drops(ResourceId id) {
        return find(id).flatMap(Undo::change).filter(change -> change.after().isEmpty()).isPresent();
    }

    void put(Undo undo) {
        undos.put(undo.net().target(), undo);
    }

    /** Leaves something as it is, and says no word of it. */
    void leave(ResourceId id) {
        undos.remove(id);
    }

    void keep(ResourceId id, String why) {
        kept.add(Remark.kept(undos.remove(id).net(), why));
    }

    void keepForGood(ResourceId id, String why) {
        kept.add(Remark.keptForGood(undos.remove(id).net(), why));
    }

    void keep(ResourceId id, Function<NetChange, Remark> saying) {
        kept.add(saying.apply(undos.remove(id).net()));
    }

    Optional<Undo> find(ResourceId id) {
        return Optional.ofNullable(undos.get(id));
    }

    /** What was kept, and why. */
    List<Remark> kept() {
        return kept;
    }
}
