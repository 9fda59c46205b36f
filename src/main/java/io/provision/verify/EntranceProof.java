package io.provision.verify;

import io.provision.manifest.Instance;
import io.provision.postgres.LoginObstacle;
import io.provision.postgres.Session;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether the server would let each instance's role in, as far as it can be told without its password. */
final class EntranceProof {

    private static final String NAME = "may_log_in";

    private EntranceProof() {}

    /** @param session in a transaction */
    static Evidence of(Session session, Collection<Instance> instances) {
        List<String> roles = instances.stream().map(instance -> instance.names().role()).distinct().toList();
        Map<String, List<LoginObstacle>> standing = LoginObstacle.of(session, roles);
        List<Check> checks = instances.stream()
                .filter(instance -> standing.containsKey(instance.names().role()))
                .map(instance -> check(instance, standing.get(instance.names().role())))
                .toList();
        return new Evidence(checks, List.of(), List.of());
    }

    private static Check check(Instance instance, List<LoginObstacle> obstacles) {
        return obstacles.isEmpty()
                ? Check.holds(
                        instance.name(),
                        NAME,
                        "nothing but its password keeps %s out".formatted(instance.names().role()))
                : Check.fails(
                        instance.name(),
                        NAME,
                        obstacles.stream().map(LoginObstacle::why).collect(Collectors.joining("; ")),
                        obstacles.stream().map(LoginObstacle::remedy).collect(Collectors.joining("\n")));
    }
}
