package io.provision.verify;

import io.provision.manifest.Instance;
import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.plan.acl.AclNode;
import io.provision.plan.acl.AclRules;
import io.provision.plan.acl.UserReach;
import io.provision.redis.DryRun;
import io.provision.redis.NodeUsers;
import io.provision.redis.RedisStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether a server judges as the rules were read: it is asked ({@code ACL DRYRUN}, 7.0 and later) what some instances'
 * users may do with their own keys, and with another instance's.
 */
final class DryRunProof {

    private static final String NAME = "acl_dryrun";

    private final RedisStore redis;
    private final List<Instance> chosen;
    private final Map<String, Instance> others;
    private final Map<String, Integer> agreed = new LinkedHashMap<>();
    private final List<Check> faults = new ArrayList<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    /** @param expected what the rules say */
    private record Asked(Instance instance, DryRun.Question question, boolean expected) {}

    /**
     * @param all the instances of the manifest
     * @param chosen those of them that it is about
     */
    DryRunProof(RedisStore redis, List<Instance> all, List<Instance> chosen) {
        this.redis = redis;
        this.chosen = List.copyOf(chosen);
        this.others = IntStream.range(0, all.size())
                .boxed()
                .collect(Collectors.toMap(i -> all.get(i).name(), i -> all.get((i + 1) % all.size())));
    }

    Evidence prove(List<NodeUsers> nodes, Probe probe) {
        // Before 7.0 there is no such question.
        nodes.stream().filter(users -> users.node().readOnlyKeys()).forEach(users -> ask(users, probe));
        List<Check> checks = new ArrayList<>(faults);
        agreed.forEach((instance, count) -> checks.add(Check.holds(
                instance, NAME, "the server's own answer is what its user's rules say (%d)".formatted(count))));
        return new Evidence(checks, List.of(), List.copyOf(warnings));
    }

    private void ask(NodeUsers users, Probe probe) {
        List<Asked> asked = probe.of(chosen).stream().flatMap(instance -> questions(instance, users)).toList();
        List<DryRun> answers =
                redis.dryRun(users.node().name(), asked.stream().map(Asked::question).toList());
        for (int i = 0; i < asked.size(); i++) {
            compare(asked.get(i), answers.get(i), users.node());
        }
    }

    private Stream<Asked> questions(Instance instance, NodeUsers users) {
        AclRules rules = users.rules().get(instance.names().redisUser());
        if (rules == null) {
            return Stream.empty();
        }
        Instance other = others.get(instance.name());
        UserReach reach = new UserReach(rules, users.node().catalog());
        return Stream.of(instance, other).distinct().flatMap(whose -> {
            String name = ValidatedNamespace.key(whose.names().namespace());
            String entry = whose.names().discoveryKey();
            return Stream.of(
                    asked(instance, reach.permitsOnKey("get", name), "GET", name),
                    asked(instance, reach.permitsOnKey("del", name), "DEL", name),
                    asked(instance, reach.permitsOnKey("get", entry), "GET", entry),
                    asked(instance, reach.permitsOnKey("del", entry), "DEL", entry),
                    asked(instance, reach.permitsOnChannel("publish", name), "PUBLISH", name, ""),
                    asked(instance, reach.permitsOnChannel("subscribe", name), "SUBSCRIBE", name));
        });
    }

    private static Asked asked(Instance instance, boolean expected, String... words) {
        return new Asked(instance, new DryRun.Question(instance.names().redisUser(), List.of(words)), expected);
    }

    private void compare(Asked asked, DryRun answer, AclNode node) {
        String name = asked.instance().name();
        if (answer instanceof DryRun.Untold untold) {
            warnings.add("isolation in Redis was worked out from the rules, and not confirmed by ACL DRYRUN: "
                    + untold.why());
        } else if (((DryRun.Told) answer).allowed() == asked.expected()) {
            agreed.merge(name, 1, Integer::sum);
        } else {
            faults.add(Check.fails(
                    name,
                    NAME,
                    "%s: the server%s says that %s may%s do %s, and the rules say otherwise".formatted(
                            asked.question().user(),
                            node.name().isEmpty() ? "" : " at " + node.name(),
                            asked.question().user(),
                            asked.expected() ? " not" : "",
                            String.join(" ", asked.question().words())),
                    "run `provision verify` again, in case they were changed just then; otherwise tell us"));
        }
    }
}
