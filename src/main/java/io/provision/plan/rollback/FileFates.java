package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.Effect;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.SqlFile;
import io.provision.plan.SqlObject;
import io.provision.plan.rollback.ObjectGraph.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What files of {@code sql:} made is dropped file by file: where one thing that a file made has to stay, all of it
 * does, and the file counts as run, because it could not run again. So do the versions before it.
 */
final class FileFates {

    /** What can be dropped with the word that {@code pg_identify_object} has for it. */
    private static final Set<String> DROPPABLE = Set.of(
            "table", "foreign table", "view", "materialized view", "sequence", "index", "function", "procedure",
            "aggregate", "type", "trigger", "rule", "policy", "statistics object", "table constraint");

    private final ObjectGraph objects;
    private final boolean discardData;
    private final List<NetChange> files;
    private final Collection<NetChange> staying;
    private final Map<NetChange, Set<String>> made = new LinkedHashMap<>();
    private final Map<NetChange, String> kept = new LinkedHashMap<>();
    private final FileReach reach;

    /**
     * @param files those that are to be undone
     * @param staying all else that the tool left and that is not undone now
     */
    FileFates(ObjectGraph objects, List<NetChange> files, Collection<NetChange> staying, boolean discardData) {
        this.objects = objects;
        this.discardData = discardData;
        this.files = files;
        this.staying = staying;
        this.reach = new FileReach(Stream.concat(files.stream(), staying()).toList());
        files.forEach(file -> made.put(file, madeBy(file)));
        while (keepMore()) {
            // One that stays may need what another one made.
        }
    }

    private Set<String> madeBy(NetChange file) {
        Map<String, Node> found = new LinkedHashMap<>();
        for (Effect effect : file.effects()) {
            Optional<Node> node = objects.find(effect.type(), effect.identity());
            if (effect.kind() == Effect.Kind.DROPPED) {
                node.ifPresent(n -> found.remove(n.key()));
            } else if (effect.kind() == Effect.Kind.MADE) {
                node.ifPresent(n -> found.put(n.key(), n));
            }
        }
        return new LinkedHashSet<>(found.keySet());
    }

    /** The files that stay, and why. */
    Map<NetChange, String> kept() {
        return kept;
    }

    /** Whether a file stays for what it did to something else, which nothing takes back. */
    boolean forGood(NetChange file) {
        return reach.beyond(file).isPresent();
    }

    /** Everything that is dropped, with what goes along. */
    Set<String> dropped() {
        return objects.withParts(dropping());
    }

    /** Whether this is dropped, or goes along with what is. */
    boolean drops(Placement placement) {
        Optional<CatalogName> name = Optional.of(CatalogName.of(placement, placement.schema()));
        return objects.nodes(dropped()).anyMatch(node -> CatalogName.of(node.type(), node.identity()).equals(name));
    }

    /** The drops, each before what it needs. */
    List<Change> changes() {
        Map<String, NetChange> by = new HashMap<>();
        made.forEach((file, keys) -> keys.forEach(key -> by.put(key, file)));
        List<Change> changes = new ArrayList<>();
        for (Node node : objects.inOrder(dropping())) {
            NetChange file = by.get(node.key());
            SqlFile run = (SqlFile) file.resource();
            changes.add(new Change(
                    file.instance(),
                    Optional.of(new SqlObject(
                            run.schema(), node.type(), node.identity(), node.rows().isPresent() && !discardData)),
                    Optional.empty(),
                    run.name().file() + " made it",
                    List.of()));
        }
        return changes;
    }

    private Set<String> dropping() {
        Set<String> dropping = new LinkedHashSet<>();
        made.forEach((file, keys) -> {
            if (!kept.containsKey(file)) {
                dropping.addAll(keys);
            }
        });
        return dropping;
    }

    private boolean keepMore() {
        Set<String> dropped = dropped();
        Set<Node> alone = Set.copyOf(objects.inOrder(dropping()));
        for (NetChange file : files) {
            if (!kept.containsKey(file)) {
                Optional<String> why = reach.beyond(file)
                        .or(() -> made.get(file).stream()
                                .flatMap(key -> objects.nodes(List.of(key)))
                                .flatMap(node -> whyNot(node, alone.contains(node), dropped).stream())
                                .findFirst())
                        .or(() -> staysAfter(file))
                        .or(() -> reach.staysWith(file, staying().collect(Collectors.toSet())));
                if (why.isPresent()) {
                    kept.put(file, why.get());
                    return true;
                }
            }
        }
        return false;
    }

    /** @param alone whether it is dropped on its own, and not with something else */
    private Optional<String> whyNot(Node node, boolean alone, Set<String> dropped) {
        if (alone && !DROPPABLE.contains(node.type())) {
            return Optional.of("it made the %s, which the tool does not know how to drop".formatted(node.text()));
        }
        for (Node part : objects.nodes(objects.withParts(List.of(node.key()))).toList()) {
            boolean own = made.values().stream().anyMatch(keys -> keys.contains(part.key()));
            if (part.standalone() && !own) {
                return Optional.of("the %s, which it did not make, is a part of the %s"
                        .formatted(part.text(), node.text()));
            }
            if (part.rows().isPresent() && part.rows().get() && !discardData) {
                return Optional.of(objects.whyFilled(part));
            }
            Optional<Node> needing = objects.needing(part.key(), dropped);
            if (needing.isPresent()) {
                return Optional.of("the %s needs the %s".formatted(needing.get().text(), node.text()));
            }
        }
        return Optional.empty();
    }

    private Optional<String> staysAfter(NetChange file) {
        SqlFile own = (SqlFile) file.resource();
        return staying().filter(other -> other.resource() instanceof SqlFile later
                        && later.schema().equals(own.schema())
                        && own.name().precedes(later.name()))
                .findFirst()
                .map(other -> "%s, which ran after it, stays".formatted(((SqlFile) other.resource()).name().file()));
    }

    /** The files that stay, for now or anyway. */
    private Stream<NetChange> staying() {
        return Stream.concat(
                kept.keySet().stream(), staying.stream().filter(net -> net.resource() instanceof SqlFile));
    }
}
