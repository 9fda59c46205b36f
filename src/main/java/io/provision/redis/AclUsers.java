package io.provision.redis;

import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.ResourceId;
import io.provision.plan.acl.AclNode;
import io.provision.plan.acl.CommandCatalog;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.redis.AclPipeline.Answer;
import io.provision.redis.Topology.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Looks at users. {@code ACL LIST} with ten thousand of them blocks a server for a second, so it asks for each. */
final class AclUsers {

    /** What must be allowed to the login where users are made. */
    private static final List<String> NEEDED = List.of("acl|getuser", "acl|setuser", "acl|deluser");

    private final Topology topology;
    private final Map<String, AclNode> known = new HashMap<>();
    private final Set<String> settable = new HashSet<>();

    /** By node and name, where each is asked for once: what such a user said, or empty. */
    private final Map<String, Map<String, Optional<AclAnswer>>> remembered = new HashMap<>();
    private boolean remembering;

    AclUsers(Topology topology) {
        this.topology = topology;
    }

    /**
     * The servers, with the commands that each knows.
     *
     * @throws ProvisionException REFUSED, where a server cannot be reached, or knows no ACL, or does not let the login
     *     set users
     */
    List<AclNode> nodes() {
        return nodes(this::requireRights);
    }

    /** The same for who only looks. */
    List<AclNode> seen() {
        return nodes((node, found) -> { });
    }

    private List<AclNode> nodes(BiConsumer<Node, AclNode> requirement) {
        List<AclNode> nodes = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Node node : topology.nodes()) {
            try {
                AclNode found = known.computeIfAbsent(node.name(), name -> look(node));
                requirement.accept(node, found);
                nodes.add(found);
            } catch (ProvisionException e) {
                problems.addAll(e.exitCode() == ExitCode.UNREACHABLE ? List.of(unreached(node, e)) : e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.REFUSED, problems);
        }
        return nodes;
    }

    private static Problem unreached(Node node, ProvisionException e) {
        return Problem.error("users must be set on each server, and one cannot be reached, %s: %s"
                        .formatted(node.name(), e.problems().get(0).message()))
                .remedy("start it; or let it be reached from here under that name (`replica-announce-ip`,"
                        + " `cluster-announce-hostname`), with the same login; or set `redis.acl: off`");
    }

    private static AclNode look(Node node) {
        AclPipeline pipeline = new AclPipeline(node.connection());
        String doing = "Asking for the commands" + node.at();
        List<String> categories = texts(doing, pipeline.sendForTexts(List.of("CAT"), List::of)).get(0);
        List<List<String>> commands = texts(doing, pipeline.sendForTexts(categories, c -> List.of("CAT", c)));
        Map<String, Set<String>> catalog = new TreeMap<>();
        for (int i = 0; i < categories.size(); i++) {
            catalog.put(categories.get(i), new HashSet<>(commands.get(i)));
        }
        return new AclNode(
                node.name(),
                new CommandCatalog(catalog),
                // Sub-commands have categories of their own from 7.0 on, and so have read-only keys their sign.
                catalog.values().stream().flatMap(Set::stream).anyMatch(name -> name.contains("|")));
    }

    @SuppressWarnings("unchecked")
    private static List<List<String>> texts(String doing, List<Answer> answers) {
        answers.stream().filter(Answer::isRefused).findFirst().ifPresent(answer -> {
            throw new ProvisionException(ExitCode.REFUSED, AclRefusal.problem(doing, answer.refused()));
        });
        return answers.stream().map(answer -> (List<String>) answer.value()).toList();
    }

    /** What the login may do is told by the rules that it has itself. */
    private void requireRights(Node node, AclNode found) {
        if (settable.contains(node.name())) {
            return;
        }
        String doing = "Setting users" + node.at();
        AclPipeline pipeline = new AclPipeline(node.connection());
        String login = node.connection().target().user().orElse("default");
        Answer answer = pipeline.send(List.of(login), name -> List.of("GETUSER", name)).get(0);
        if (answer.isRefused()) {
            throw new ProvisionException(ExitCode.REFUSED, AclRefusal.problem(doing, answer.refused()));
        }
        AclAnswer.of(answer.value()).ifPresent(self -> {
            Set<String> allowed = new HashSet<>();
            self.rules().permissions().forEach(p -> allowed.addAll(found.catalog().allowed(p.commands())));
            List<String> lacking = NEEDED.stream()
                    .filter(command -> !allowed.contains(command) && !allowed.contains("acl"))
                    .map(command -> "+" + command)
                    .toList();
            if (!lacking.isEmpty()) {
                throw new ProvisionException(ExitCode.REFUSED, Problem.error(
                                "%s: the login %s may not do that".formatted(doing, login))
                        .remedy("`ACL SETUSER %s %s`; where the service does not give ACL commands to anybody, set"
                                .formatted(login, String.join(" ", lacking)) + " `redis.acl: off`"));
            }
        });
        settable.add(node.name());
    }

    /**
     * @param wanted by name and node; those on servers that are none of these are not found
     * @throws ProvisionException REFUSED, where a server does not tell
     */
    Map<ResourceId, SeenUser> find(Collection<AclUser> wanted) {
        Map<ResourceId, SeenUser> found = new TreeMap<>();
        Map<String, AclNode> catalogs = new HashMap<>();
        seen().forEach(node -> catalogs.put(node.name(), node));
        for (Node node : topology.nodes()) {
            List<AclUser> here = wanted.stream().filter(user -> user.node().equals(node.name())).toList();
            answers(node, here).forEach((user, answer) -> found.put(
                    user.id(),
                    new SeenUser(user.with(answer.rules()), catalogs.get(user.node()).catalog())));
        }
        return found;
    }

    /** From now on each user is asked for once: for a command that changes none. */
    void remember() {
        remembering = true;
    }

    /** With their passwords' hashes. */
    Map<AclUser, AclAnswer> answers(Node node, List<AclUser> wanted) {
        Map<String, AclAnswer> byName = told(node, wanted.stream().map(AclUser::name).toList());
        Map<AclUser, AclAnswer> found = new HashMap<>();
        wanted.forEach(user -> Optional.ofNullable(byName.get(user.name())).ifPresent(a -> found.put(user, a)));
        return found;
    }

    /** @return by name, of those that stand, in their order */
    Map<String, AclAnswer> told(Node node, List<String> users) {
        Map<String, Optional<AclAnswer>> known =
                remembering ? remembered.computeIfAbsent(node.name(), name -> new HashMap<>()) : new HashMap<>();
        List<String> unknown = users.stream().filter(user -> !known.containsKey(user)).toList();
        Map<String, String> wordings = new HashMap<>();
        List<Optional<AclAnswer>> answers = new AclPipeline(node.connection()).ask(
                unknown,
                user -> List.of("GETUSER", user),
                (user, answer) -> read(node, user, answer).map(told -> told.sharing(wordings)));
        for (int i = 0; i < unknown.size(); i++) {
            known.put(unknown.get(i), answers.get(i));
        }
        Map<String, AclAnswer> told = new LinkedHashMap<>();
        users.forEach(user -> known.get(user).ifPresent(answer -> told.put(user, answer)));
        return told;
    }

    private static Optional<AclAnswer> read(Node node, String user, Answer answer) {
        if (answer.isRefused()) {
            throw new ProvisionException(
                    ExitCode.REFUSED,
                    AclRefusal.problem("Looking at the user " + user + node.at(), answer.refused()));
        }
        return AclAnswer.of(answer.value());
    }
}
