package io.provision.naming;

import io.provision.naming.Collision.Kind;
import io.provision.problem.Problem.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collisions of names that are equal. */
final class SharedNames {

    private final Kind kind;
    private final List<Collision> found = new ArrayList<>();

    private SharedNames(Kind kind) {
        this.kind = kind;
    }

    static List<Collision> of(Kind kind, List<Want> wants) {
        if (allDiffer(wants)) {
            return List.of();
        }
        Map<String, List<Want>> byName = new LinkedHashMap<>();
        wants.forEach(want -> byName.computeIfAbsent(want.name(), name -> new ArrayList<>()).add(want));
        SharedNames shared = new SharedNames(kind);
        byName.values().stream().filter(group -> group.size() > 1).forEach(shared::addAmong);
        return shared.found;
    }

    /** As a rule they do, and nothing need be grouped. */
    private static boolean allDiffer(List<Want> wants) {
        Set<String> names = new HashSet<>();
        for (Want want : wants) {
            if (!names.add(want.name())) {
                return false;
            }
        }
        return true;
    }

    /** One that may meet nobody collides with all others; where there is none, the first does for those it may not. */
    private void addAmong(List<Want> wants) {
        Collection<Want> group = kind == Kind.PORT ? wants : oneEachInstance(wants);
        Want pivot = group.stream().filter(want -> want.purpose().isEmpty()).findFirst().orElse(wants.get(0));
        Optional<Want> stranger = group.stream()
                .filter(want -> want != pivot && !want.meetsOnPurpose(pivot))
                .findFirst();
        if (stranger.isEmpty()) {
            return;
        }
        for (Want want : group) {
            if (want != pivot) {
                add(want.meetsOnPurpose(pivot) ? stranger.get() : pivot, want);
            }
        }
    }

    /** A legacy schema named as the instance's own schema is no collision. */
    private static Collection<Want> oneEachInstance(List<Want> wants) {
        Map<String, Want> byInstance = new LinkedHashMap<>();
        wants.forEach(want -> byInstance.putIfAbsent(want.claim().instance(), want));
        return byInstance.values();
    }

    private void add(Want first, Want second) {
        String one = first.claim().instance();
        String other = second.claim().instance();
        String message = one.equals(other)
                ? "`%s` has the host port %s twice, as %s and as %s"
                        .formatted(one, first.name(), first.label(), second.label())
                : "`%s` (%s `%s`) and `%s` (%s `%s`) share one %s"
                        .formatted(one, first.label(), first.name(), other, second.label(), second.name(),
                                kind.label());
        found.add(new Collision(
                kind, Severity.ERROR, one, first.name(), other, second.name(), message, remedy(second)));
    }

    private String remedy(Want second) {
        String instance = second.claim().instance();
        return switch (kind) {
            case SCHEMA -> second.label().startsWith("legacy")
                    ? "take `%s` out of `legacy_schemas` of `%s`".formatted(second.name(), instance)
                    : "set another `schema:` for `%s`, or a `naming:` rule that keeps them apart".formatted(instance);
            case ROLE -> "set another `role:` for `%s`, or say the same `role:` for both on purpose"
                    .formatted(instance);
            case REDIS_USER -> "set another `redis_user:` for `%s`".formatted(instance);
            case DISCOVERY_KEY -> "rename `%s`".formatted(instance);
            case PORT -> "set another port in `ports:` of `%s`".formatted(instance);
            case NAMESPACE, VOLUME -> throw new IllegalArgumentException(kind + " is compared by what holds what");
        };
    }
}
