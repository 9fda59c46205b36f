package io.provision.redis;

import io.provision.plan.acl.AclNode;
import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import io.provision.redis.AclPipeline.Answer;
import io.provision.redis.Topology.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
        Answer answer = pipeline.send(List.of("USERS"), List::of).get(0);
        List<?> all = (List<?>) told("Naming the users" + node.at(), answer);
        Map<Boolean, List<UserName>> byText = all.stream()
                .map(name -> new UserName((byte[]) name))
                .collect(Collectors.partitioningBy(UserName::isText));
        Map<String, AclAnswer> answers =
                new LinkedHashMap<>(users.told(node, byText.get(true).stream().map(UserName::toString).toList()));
        answers.putAll(others(node, byText.get(false)));
        return NodeUsers.of(known, answers);
    }

    private static Map<String, AclAnswer> others(Node node, List<UserName> names) {
        List<Answer> answers =
                new AclPipeline(node.connection()).send(names, name -> List.of("GETUSER", name.bytes()));
        Map<String, AclAnswer> told = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).toString();
            AclAnswer.of(told("Looking at the user " + name + node.at(), answers.get(i)))
                    .ifPresent(user -> told.put(name, user));
        }
        return told;
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
