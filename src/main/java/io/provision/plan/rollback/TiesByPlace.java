package io.provision.plan.rollback;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What ties roles, by role and by schema, so that none of them is looked for among all. */
final class TiesByPlace {

    private final Map<String, List<RoleTie>> byRole;
    private final Map<String, List<RoleTie>> bySchema;
    private final Map<RoleInSchema, List<RoleTie>> byBoth;

    private record RoleInSchema(String role, String schema) {}

    TiesByPlace(Collection<RoleTie> ties) {
        List<RoleTie> placed = ties.stream().filter(tie -> tie.schema().isPresent()).toList();
        this.byRole = ties.stream().collect(Collectors.groupingBy(RoleTie::role));
        this.bySchema = placed.stream().collect(Collectors.groupingBy(tie -> tie.schema().orElseThrow()));
        this.byBoth = placed.stream()
                .collect(Collectors.groupingBy(tie -> new RoleInSchema(tie.role(), tie.schema().orElseThrow())));
    }

    List<RoleTie> of(String role) {
        return byRole.getOrDefault(role, List.of());
    }

    List<RoleTie> in(String schema) {
        return bySchema.getOrDefault(schema, List.of());
    }

    List<RoleTie> of(String role, String schema) {
        return byBoth.getOrDefault(new RoleInSchema(role, schema), List.of());
    }
}
