package io.provision.redis;

import io.provision.plan.Change;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.ResourceId;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.redis.AclPipeline.Answer;
import io.provision.redis.Topology.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sets and drops users. Each is set whole in one command, which a server does at once or not at all; connections of the
 * user stay. Not for several threads at once.
 */
final class AclSetter {

    private final Topology topology;
    private final AclUsers users;

    /** What was dropped is made again with the passwords that it had, if what comes after fails. */
    private final Map<ResourceId, List<PasswordHash>> dropped = new HashMap<>();

    AclSetter(Topology topology, AclUsers users) {
        this.topology = topology;
        this.users = users;
    }

    /**
     * @param password of a user that is made, or gets its first one
     * @return why it was not done, of those that were not
     */
    Map<ResourceId, Problem> apply(
            Collection<Change> changes, Function<String, Optional<PasswordHash>> password) {
        List<Node> nodes = topology.nodes();
        Map<String, List<PasswordHash>> elsewhere = nodes.size() > 1 ? elsewhere(changes, nodes) : Map.of();
        Function<AclUser, List<PasswordHash>> hashes = user -> Optional.ofNullable(dropped.get(user.id()))
                .or(() -> Optional.ofNullable(elsewhere.get(user.name())))
                .orElseGet(() -> password.apply(user.name()).stream().toList());
        Map<ResourceId, Problem> problems = new LinkedHashMap<>(ofFormerServers(changes, nodes));
        List<Problem> unreached = new ArrayList<>();
        for (Node node : nodes) {
            List<Change> here = changes.stream().filter(change -> user(change).node().equals(node.name())).toList();
            Unreached.in(() -> applyAt(node, here, hashes), unreached).ifPresent(problems::putAll);
        }
        if (!unreached.isEmpty()) {
            throw new ProvisionException(ExitCode.UNREACHABLE, unreached);
        }
        return problems;
    }

    private Map<ResourceId, Problem> applyAt(
            Node node, List<Change> here, Function<AclUser, List<PasswordHash>> hashes) {
        rememberDropped(node, here);
        List<Answer> answers = new AclPipeline(node.connection()).send(
                here, change -> AclCommand.words(change, () -> hashes.apply(user(change)).stream()
                        .map(PasswordHash::word)
                        .toList()));
        Map<ResourceId, Problem> problems = new LinkedHashMap<>();
        for (int i = 0; i < here.size(); i++) {
            if (answers.get(i).isRefused()) {
                problems.put(here.get(i).target(), problem(here.get(i), node, answers.get(i)));
            }
        }
        return problems;
    }

    private static Map<ResourceId, Problem> ofFormerServers(Collection<Change> changes, List<Node> nodes) {
        Set<String> names = nodes.stream().map(Node::name).collect(Collectors.toSet());
        Map<ResourceId, Problem> problems = new LinkedHashMap<>();
        changes.stream().filter(change -> !names.contains(user(change).node())).forEach(change -> problems.put(
                change.target(),
                Problem.error("%s the user %s: %s is no server of this Redis any more"
                                .formatted(doing(change), user(change).name(), user(change).node()))
                        .remedy("run the command again")));
        return problems;
    }

    private static Problem problem(Change change, Node node, Answer answer) {
        return AclRefusal.problem(
                "%s the user %s%s".formatted(doing(change), user(change).name(), node.at()), answer.refused());
    }

    private static String doing(Change change) {
        return change.after().isPresent() ? "Setting" : "Dropping";
    }

    private void rememberDropped(Node node, List<Change> here) {
        List<AclUser> going = here.stream()
                .filter(change -> change.after().isEmpty())
                .map(AclSetter::user)
                .toList();
        users.answers(node, going).forEach((user, answer) -> dropped.put(user.id(), answer.passwords()));
    }

    /** The passwords of users that are to be made on one server and stand on another, which services know already. */
    private Map<String, List<PasswordHash>> elsewhere(Collection<Change> changes, List<Node> nodes) {
        // Of each name one, whichever server it is for: all servers are asked for it.
        Map<String, AclUser> made = changes.stream()
                .filter(change -> change.before().isEmpty())
                .map(AclSetter::user)
                .collect(Collectors.toMap(AclUser::name, user -> user, (one, other) -> one, LinkedHashMap::new));
        List<AclUser> asked = List.copyOf(made.values());
        Map<String, List<PasswordHash>> found = new HashMap<>();
        for (Node node : nodes) {
            // One that cannot be reached is told when users are set there.
            var answers = Unreached.in(() -> users.answers(node, asked), new ArrayList<>()).orElse(Map.of());
            answers.forEach((user, answer) -> {
                if (!answer.passwords().isEmpty()) {
                    found.putIfAbsent(user.name(), answer.passwords());
                }
            });
        }
        return found;
    }

    private static AclUser user(Change change) {
        return (AclUser) change.resource();
    }
}
