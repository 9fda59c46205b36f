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
    private final Staying staying;
    private final Map<String, List<NetChange>> keptBySchema = new HashMap<>();
    private final Map<NetChange, List<String>> made;
    private final Map<NetChange, String> kept = new LinkedHashMap<>();
    private final Set<String> allMade;
    private final Set<String> dropped;
    private final List<Change> changes;
    private final FileReach reach;
    private Optional<Set<CatalogName>> droppedNames = Optional.empty();

    /**
     * @param files those that are to be undone
     * @param staying all else that the tool left and that is not undone now
     */
    FileFates(ObjectGraph objects, List<NetChange> files, Staying staying, boolean discardData) {
        this.objects = objects;
        this.discardData = discardData;
        this.files = files;
        this.staying = staying;
        this.reach = new FileReach(files, staying.makers());
        this.made = madeBy(files, objects.names());
        this.allMade = made.values().stream().flatMap(List::stream).collect(Collectors.toUnmodifiableSet());
        while (keepMore()) {
            // One that stays may need what another one made.
        }
        this.dropped = Set.copyOf(objects.withParts(dropping()));
        this.changes = drops();
    }

    private static Map<NetChange, List<String>> madeBy(List<NetChange> files, ObjectGraph.Names names) {
        Map<NetChange, List<String>> made = new LinkedHashMap<>();
        files.forEach(file -> made.put(file, madeBy(file, names)));
        return made;
    }

    private static List<String> madeBy(NetChange file, ObjectGraph.Names names) {
        Map<String, Node> found = new LinkedHashMap<>();
        for (Effect effect : file.effects()) {
            Optional<Node> node = names.find(effect.type(), effect.identity());
            if (effect.kind() == Effect.Kind.DROPPED) {
                node.ifPresent(n -> found.remove(n.key()));
            } else if (effect.kind() == Effect.Kind.MADE) {
                node.ifPresent(n -> found.put(n.key(), n));
            }
        }
        return List.copyOf(found.keySet());
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
        return dropped;
    }

    /** Whether this is dropped, or goes along with what is. */
    boolean drops(Placement placement) {
        if (droppedNames.isEmpty()) {
            // Worked out when it is asked for: most rollbacks take nothing back that was moved.
            droppedNames = Optional.of(objects.nodes(dropped)
                    .flatMap(node -> CatalogName.of(node.type(), node.identity()).stream())
                    .collect(Collectors.toSet()));
        }
        return droppedNames.get().contains(CatalogName.of(placement, placement.schema()));
    }

    /** The drops, each before what it needs. */
    List<Change> changes() {
        return changes;
    }

    private List<Change> drops() {
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
        Set<String> going = dropping();
        Set<String> all = Set.copyOf(objects.withParts(going));
        Set<String> undroppable = undroppable(going);
        Map<NetChange, String> found = new LinkedHashMap<>();
        for (NetChange file : files) {
            if (!kept.containsKey(file)) {
                reach.beyond(file)
                        .or(() -> made.get(file).stream()
                                .flatMap(key -> objects.nodes(List.of(key)))
                                .flatMap(node -> whyNot(node, undroppable.contains(node.key()), all).stream())
                                .findFirst())
                        .or(() -> staysAfter(file))
                        .or(() -> reach.staysWith(file))
                        .ifPresent(why -> found.put(file, why));
            }
        }
        found.forEach((file, why) -> {
            kept.put(file, why);
            reach.keep(file);
            keptBySchema.computeIfAbsent(schemaOf(file), schema -> new ArrayList<>()).add(file);
        });
        return !found.isEmpty();
    }

    private static String schemaOf(NetChange file) {
        return ((SqlFile) file.resource()).schema();
    }

    /** What would have to be dropped on its own, and not with something else, and cannot be. */
    private Set<String> undroppable(Set<String> going) {
        Set<String> keys = objects.nodes(going)
                .filter(node -> !DROPPABLE.contains(node.type()))
                .map(Node::key)
                .collect(Collectors.toSet());
        for (String key : keys.isEmpty() ? Set.<String>of() : going) {
            objects.withParts(List.of(key)).stream().filter(part -> !part.equals(key)).forEach(keys::remove);
        }
        return keys;
    }

    private Optional<String> whyNot(Node node, boolean undroppable, Set<String> dropped) {
        if (undroppable) {
            return Optional.of("it made the %s, which the tool does not know how to drop".formatted(node.text()));
        }
        for (Node part : objects.nodes(objects.withParts(List.of(node.key()))).toList()) {
            if (part.standalone() && !allMade.contains(part.key())) {
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
        return Stream.of(keptBySchema.getOrDefault(own.schema(), List.of()), staying.filesIn(own.schema()))
                .flatMap(List::stream)
                .filter(other -> own.name().precedes(((SqlFile) other.resource()).name()))
                .findFirst()
                .map(other -> "%s, which ran after it, stays".formatted(((SqlFile) other.resource()).name().file()));
    }
}
