package io.provision.redis;

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

/** Gives users who stand further passwords, and takes some away; connections of theirs go on. */
final class AclPasswords {

    private final Topology topology;
    private final AclUsers users;

    AclPasswords(Topology topology, AclUsers users) {
        this.topology = topology;
        this.users = users;
    }

    /** What the servers keep of them, of those users that stand. */
    Map<AclUser, List<PasswordHash>> of(Collection<AclUser> wanted) {
        Map<AclUser, List<PasswordHash>> passwords = new HashMap<>();
        for (Node node : topology.nodes()) {
            users.answers(node, at(node, wanted)).forEach((user, answer) -> passwords.put(user, answer.passwords()));
        }
        return passwords;
    }

    /**
     * @param what is said of each user's password
     * @return why it was not done, of those of whom it was not
     */
    Map<ResourceId, Problem> say(PasswordWord what, Map<AclUser, PasswordHash> passwords) {
        Map<ResourceId, Problem> problems = new LinkedHashMap<>();
        passwords.keySet().forEach(user -> problems.put(user.id(), ofFormerServer(user)));
        List<Problem> unreached = new ArrayList<>();
        for (Node node : topology.nodes()) {
            List<AclUser> here = at(node, passwords.keySet());
            here.forEach(user -> problems.remove(user.id()));
            Unreached.in(() -> sayAt(what, node, here, passwords), unreached)
                    .ifPresent(problems::putAll);
        }
        if (!unreached.isEmpty()) {
            throw new ProvisionException(ExitCode.UNREACHABLE, unreached);
        }
        return problems;
    }

    private static Map<ResourceId, Problem> sayAt(
            PasswordWord what, Node node, List<AclUser> here, Map<AclUser, PasswordHash> passwords) {
        List<Answer> answers = new AclPipeline(node.connection())
                .send(here, user -> what.words(user.name(), passwords.get(user)));
        Map<ResourceId, Problem> problems = new LinkedHashMap<>();
        for (int i = 0; i < here.size(); i++) {
            if (answers.get(i).isRefused() && !what.isDoneDespite(answers.get(i).refused())) {
                problems.put(here.get(i).id(), AclRefusal.problem(
                        "Setting the password of the user %s%s".formatted(here.get(i).name(), node.at()),
                        answers.get(i).refused()));
            }
        }
        return problems;
    }

    private static Problem ofFormerServer(AclUser user) {
        return Problem.error("Setting the password of the user %s: %s is no server of this Redis any more"
                        .formatted(user.name(), user.node()))
                .remedy("run the command again");
    }

    private static List<AclUser> at(Node node, Collection<AclUser> users) {
        return users.stream().filter(user -> user.node().equals(node.name())).toList();
    }
}
