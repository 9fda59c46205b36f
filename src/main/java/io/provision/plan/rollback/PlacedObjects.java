package io.provision.plan.rollback;

import io.provision.plan.MigrationResource.Placement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the tool moved, by where it stands now and by whose it is; each in the order in which it was added. */
final class PlacedObjects {

    private final Map<String, List<NetChange>> bySchema = new HashMap<>();
    private final Map<String, List<NetChange>> byInstance = new HashMap<>();

    /** @param net whose {@code after} is a {@link Placement} */
    void add(NetChange net) {
        bySchema.computeIfAbsent(placement(net).to(), schema -> new ArrayList<>()).add(net);
        byInstance.computeIfAbsent(net.instance(), instance -> new ArrayList<>()).add(net);
    }

    static Placement placement(NetChange net) {
        return (Placement) net.after().orElseThrow();
    }

    /** What was moved to a schema. */
    List<NetChange> in(String schema) {
        return bySchema.getOrDefault(schema, List.of());
    }

    List<NetChange> of(String instance) {
        return byInstance.getOrDefault(instance, List.of());
    }
}
