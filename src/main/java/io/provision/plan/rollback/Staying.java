package io.provision.plan.rollback;

import io.provision.plan.Distribution;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.SqlFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What else the tool left, and a rollback does not undo, as far as it may keep what is to be undone. It is asked for
 * each instance, of which there may be ten thousand: by place, and not one by one.
 */
public final class Staying {

    private final Makers makers = new Makers();
    private final Map<String, List<NetChange>> filesBySchema = new HashMap<>();
    private final PlacedObjects placed = new PlacedObjects();
    private final Set<String> madeSchemas = new HashSet<>();
    private final List<NetChange> distributed = new ArrayList<>();

    /** @param nets in their order, the newest first */
    public Staying(Collection<NetChange> nets) {
        for (NetChange net : nets) {
            if (net.resource() instanceof SqlFile file) {
                makers.add(net);
                filesBySchema.computeIfAbsent(file.schema(), schema -> new ArrayList<>()).add(net);
            } else if (net.resource() instanceof Schema schema && net.made()) {
                madeSchemas.add(schema.name());
            } else if (net.after().orElse(null) instanceof Placement) {
                placed.add(net);
            } else if (net.after().orElse(null) instanceof Distribution) {
                distributed.add(net);
            }
        }
    }

    /** What its files made. */
    Makers makers() {
        return makers;
    }

    List<NetChange> filesIn(String schema) {
        return filesBySchema.getOrDefault(schema, List.of());
    }

    /** What the tool moved. */
    PlacedObjects placed() {
        return placed;
    }

    /** Whether it made a schema. */
    boolean made(String schema) {
        return madeSchemas.contains(schema);
    }

    /** The schemas that Citus distributes since. */
    List<NetChange> distributed() {
        return distributed;
    }
}
