package io.provision.redis;

import io.provision.plan.acl.AclNode;
import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import io.provision.redis.AclPipeline.Answer;
import io.provision.redis.Topology.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at all users, the instances' and everybody else's, and asks what they may do; changes nothing. */
final class AclSurveyor {

    private final Topology topology;
    private final AclUsers users;

    AclSurveyor(Topology topology, AclUsers users) {
        this.topology = topology;
        this.users = users;
    }

    /** @throws ProvisionException REFUSED, where a server does not tell */
    List<NodeUsers> survey() {
        Map<String, AclNode> known =
                users.seen().stream().collect(Collectors.toMap(AclNode::name, node -> node));
        return topology.nodes().stream()
                .filter(node -> known.containsKey(node.name()))
                .map(node -> survey(node, known.get(node.name())))
                .toList();
    }

    private NodeUsers survey(Node node, AclNode known) {
        AclPipeline pipeline = new AclPipeline(node.connection());
        Answer names = pipeline.sendForTexts(List.of("USERS"), List::of).get(0);
        List<?> all = (List<?>) told("Naming the users" + node.at(), names);
        return NodeUsers.of(known, users.told(node, all.stream().map(Object::toString).toList()));
    }

    private static Object told(String doing, Answer answer) {
        if (answer.isRefused()) {
            throw new ProvisionException(ExitCode.REFUSED, AclRefusal.problem(doing, answer.refused()));
        }
        return answer.value();
    }

    /** @return an answer to each, in the same order */
    List<DryRun> dryRun(String nodeName, List<DryRun.Question> questions) {
        Node node = topology.nodes().stream()
                .filter(one -> one.name().equals(nodeName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such server: " + nodeName));
        List<DryRun> told = new ArrayList<>();
        List<Answer> answers = new AclPipeline(node.connection()).send(
                questions,
                question -> Stream.concat(Stream.of("DRYRUN", question.user()), question.words().stream()).toList());
        for (Answer answer : answers) {
            told.add(answer.isRefused()
                    ? new DryRun.Untold(answer.refused())
                    : new DryRun.Told(text(answer.value()).equals("OK")));
        }
        return told;
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value.toString();
    }
}
