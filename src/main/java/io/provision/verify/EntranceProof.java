package io.provision.verify;

import io.provision.manifest.Instance;
import io.provision.manifest.Reader;
import io.provision.postgres.LoginObstacle;
import io.provision.postgres.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the server would let each instance's role in, and those of its readers who are given a password, as far as it
 * can be told without one. Other readers may be groups, who never come themselves.
 */
final class EntranceProof {

    private static final String NAME = "may_log_in";

    private EntranceProof() {}

    /** @param session in a transaction */
    static Evidence of(Session session, Collection<Instance> instances) {
        Set<String> roles = instances.stream().map(i -> i.names().role()).collect(Collectors.toSet());
        Set<String> readers = instances.stream()
                .flatMap(instance -> instance.readers().stream())
                .filter(reader -> reader.password().isPresent())
                .map(Reader::role)
                .filter(reader -> !roles.contains(reader))
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, List<LoginObstacle>> obstacles =
                LoginObstacle.of(session, Stream.concat(roles.stream(), readers.stream()).toList());
        List<Check> checks = new ArrayList<>();
        instances.stream()
                .filter(instance -> obstacles.containsKey(instance.names().role()))
                .map(instance -> check(instance, obstacles.get(instance.names().role())))
                .forEach(checks::add);
        readers.stream()
                .map(reader -> obstacles.getOrDefault(reader, List.of()))
                .filter(found -> !found.isEmpty())
                .map(found -> fails(Breach.EVERY, found))
                .forEach(checks::add);
        return new Evidence(checks, List.of(), List.of());
    }

    private static Check check(Instance instance, List<LoginObstacle> obstacles) {
        return obstacles.isEmpty()
                ? Check.holds(
                        instance.name(),
                        NAME,
                        "nothing but its password keeps %s out".formatted(instance.names().role()))
                : fails(instance.name(), obstacles);
    }

    private static Check fails(String instance, List<LoginObstacle> obstacles) {
        return Check.fails(
                instance,
                NAME,
                obstacles.stream().map(LoginObstacle::why).collect(Collectors.joining("; ")),
                obstacles.stream().map(LoginObstacle::remedy).collect(Collectors.joining("\n")));
    }
}
