package io.provision.redis;

import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.problem.Problem;
import io.provision.redis.Topology.Node;
import io.provision.redis.Tried.Result;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tries each namespace ({@code redis.md}, "What an instance gets", 1): as the instance's own user where that one stands
 * and its password is known, as the provisioning login elsewhere.
 */
final class NamespaceValidator {

    /** After so long the server takes the key away by itself, in case the tool was killed in between. */
    static final long EXPIRY_MILLIS = 10_000;

    /** Large enough for a handful of round trips, small enough for the buffers on both sides. */
    private static final int PAGE = 5_000;

    /** How often a key is gone after that moved, before that is told. */
    private static final int ROUNDS = 10;

    private final Topology topology;
    private final String token = HexFormat.of().toHexDigits(new SecureRandom().nextLong());

    NamespaceValidator(Topology topology) {
        this.topology = topology;
    }

    List<Validation> validate(Collection<String> namespaces, Collection<NamespaceOwner> owners) {
        Set<String> distinct = new LinkedHashSet<>(namespaces);
        List<Validation> told = new ArrayList<>();
        try (OwnersSessions sessions = new OwnersSessions()) {
            List<Trial> trials = new ArrayList<>();
            topology.byMaster(distinct, ValidatedNamespace::key).forEach((master, here) -> {
                List<StandingOwner> standing = standing(master, here, owners);
                logIns(sessions, master, standing).forEach((owner, problems) -> {
                    if (problems.isEmpty()) {
                        trials.add(Trial.as(owner.owner()));
                    } else {
                        told.add(new Validation(owner.owner().namespace(), false, problems));
                    }
                });
            });
            Set<String> byOwners = Stream.concat(
                            trials.stream().map(Trial::namespace), told.stream().map(Validation::namespace))
                    .collect(Collectors.toSet());
            distinct.stream().filter(n -> !byOwners.contains(n)).map(Trial::asLogin).forEach(trials::add);
            told.addAll(tryAll(sessions, trials));
        }
        Map<String, Validation> byNamespace = told.stream()
                .collect(Collectors.toMap(Validation::namespace, Function.identity(), Validation::and));
        return distinct.stream().map(byNamespace::get).toList();
    }

    private static List<StandingOwner> standing(
            Node master, Collection<String> namespaces, Collection<NamespaceOwner> owners) {
        Set<String> here = Set.copyOf(namespaces);
        List<NamespaceOwner> asked = owners.stream().filter(owner -> here.contains(owner.namespace())).toList();
        return inPages(asked, page -> master.connection().use(jedis -> StandingOwner.among(jedis, page)));
    }

    private static Map<StandingOwner, List<Problem>> logIns(
            OwnersSessions sessions, Node master, List<StandingOwner> standing) {
        Map<StandingOwner, List<Problem>> logins = new LinkedHashMap<>();
        inPages(standing, page -> {
            RedisConnection theirs = sessions.at(master);
            logins.putAll(theirs.use(jedis -> StandingOwner.logIn(jedis, theirs.target(), page)));
            return page;
        });
        return logins;
    }

    /** Each at the master that has its key; where one stood, with another key, which may have another master. */
    private List<Validation> tryAll(OwnersSessions sessions, List<Trial> trials) {
        List<Validation> told = new ArrayList<>();
        List<Trial> open = trials;
        for (int round = 1; !open.isEmpty(); round++) {
            List<Trial> again = new ArrayList<>();
            List<Trial> moved = new ArrayList<>();
            for (Tried tried : tryOnce(sessions, open)) {
                if (tried.result() == Result.STOOD) {
                    again.add(tried.trial().withKeyOf(token));
                } else if (tried.result() == Result.MOVED && round < ROUNDS) {
                    moved.add(tried.trial());
                } else {
                    String usual = ValidatedNamespace.key(tried.trial().namespace());
                    told.add(tried.validation(!tried.trial().key().equals(usual)));
                }
            }
            if (!moved.isEmpty()) {
                Pause.make();
            }
            again.addAll(moved);
            open = again;
        }
        return told;
    }

    private List<Tried> tryOnce(OwnersSessions sessions, List<Trial> trials) {
        List<Tried> all = new ArrayList<>();
        topology.byMaster(trials, Trial::key).forEach((master, here) -> {
            Map<Boolean, List<Trial>> byOwners =
                    here.stream().collect(Collectors.partitioningBy(trial -> trial.owner().isPresent()));
            all.addAll(inPages(byOwners.get(true), page -> run(sessions.at(master), page)));
            all.addAll(inPages(byOwners.get(false), page -> run(master.connection(), page)));
        });
        return all;
    }

    private List<Tried> run(RedisConnection connection, List<Trial> trials) {
        return connection.use(jedis -> new NamespaceTrials(jedis, connection.target(), token).run(trials));
    }

    private static <T, R> List<R> inPages(List<T> all, Function<List<T>, List<R>> work) {
        List<R> result = new ArrayList<>();
        for (int from = 0; from < all.size(); from += PAGE) {
            result.addAll(work.apply(all.subList(from, Math.min(from + PAGE, all.size()))));
        }
        return result;
    }

    /**
     * The connections on which instances' users are logged in, one at each master for all of them: not every server can
     * give a connection back to the login.
     */
    private static final class OwnersSessions implements AutoCloseable {

        private final Map<Node, RedisConnection> connections = new HashMap<>();

        RedisConnection at(Node master) {
            return connections.computeIfAbsent(master, node -> node.connection().another());
        }

        @Override
        public void close() {
            connections.values().forEach(RedisConnection::close);
        }
    }
}
