package io.provision.redis;

import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.ResourceId;
import io.provision.problem.Problem;
import io.provision.redis.AclPipeline.Answer;
import io.provision.redis.Topology.Node;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Gives users who stand further passwords, and takes some away; connections of theirs go on. */
final class AclPasswords {

    private final Topology topology;

    AclPasswords(Topology topology) {
        this.topology = topology;
    }

    /**
     * @param what is said of each user's password
     * @return why it was not done, of those of whom it was not
     */
    Map<ResourceId, Problem> say(PasswordWord what, Map<AclUser, PasswordHash> passwords) {
        Map<ResourceId, Problem> problems = new LinkedHashMap<>();
        for (Node node : topology.nodes()) {
            List<AclUser> here =
                    passwords.keySet().stream().filter(user -> user.node().equals(node.name())).toList();
            Function<AclUser, List<String>> words = user -> what.words(user.name(), passwords.get(user));
            List<Answer> answers = new AclPipeline(node.connection()).send(here, words);
            for (int i = 0; i < here.size(); i++) {
                if (answers.get(i).isRefused()) {
                    problems.put(here.get(i).id(), AclRefusal.problem(
                            "Setting the password of the user %s%s".formatted(here.get(i).name(), node.at()),
                            answers.get(i).refused()));
                }
            }
        }
        return problems;
    }

    /** With whom each user is known: what its server keeps of its passwords. */
    static Map<AclUser, List<PasswordHash>> of(Map<AclUser, AclAnswer> answers) {
        Map<AclUser, List<PasswordHash>> passwords = new HashMap<>();
        answers.forEach((user, answer) -> passwords.put(user, answer.passwords()));
        return passwords;
    }
}
