package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.MigrationResource.CompatView;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.MigrationResource.SequenceUsage;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Changes by the schemas and roles that they are about: one of ten thousand instances does not look at all others'. */
final class ChangesByPlace {

    private final Map<String, List<Change>> bySchema = new HashMap<>();
    private final Map<String, List<Change>> byRole = new HashMap<>();

    ChangesByPlace(Collection<Change> changes) {
        for (Change change : changes) {
            schemasOf(change).forEach(schema -> bySchema.computeIfAbsent(schema, s -> new ArrayList<>()).add(change));
            Holders.rolesOf(change.resource()).distinct()
                    .forEach(role -> byRole.computeIfAbsent(role, r -> new ArrayList<>()).add(change));
        }
    }

    /** An object that moves is about the schema that it leaves. */
    private static Stream<String> schemasOf(Change change) {
        if (change.before().orElse(null) instanceof Placement was) {
            return Stream.of(was.schema());
        }
        return schemasOf(change.resource());
    }

    /** The schema that a resource is, or is in. */
    static Stream<String> schemasOf(Resource resource) {
        if (resource instanceof Schema schema) {
            return Stream.of(schema.name());
        }
        if (resource instanceof CompatView view) {
            return Stream.of(view.schema());
        }
        return resource instanceof SequenceUsage usage ? Stream.of(usage.schema()) : Holders.schemasOf(resource);
    }

    List<Change> in(Optional<String> schema) {
        return schema.map(name -> bySchema.getOrDefault(name, List.of())).orElse(List.of());
    }

    List<Change> of(String role) {
        return byRole.getOrDefault(role, List.of());
    }
}
