package io.provision.redis;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The servers behind {@code redis.url} ({@code redis.md}, "What an instance gets", 5). Who is asked twice may answer
 * differently: servers join, leave and change places meanwhile.
 */
sealed interface Topology extends AutoCloseable permits ReplicaGroup, SentinelGroup, Cluster {

    String CLUSTER = "cluster";

    /** A server; it keeps users of its own. Its connection is made when it is first used. */
    record Node(String name, RedisConnection connection) {

        /** As a sentence about it goes on. */
        String at() {
            return " at " + connection.target().masked();
        }
    }

    /**
     * Asks the servers what they are.
     *
     * @param patience with the making of a connection, and with a failover
     * @throws ProvisionException UNREACHABLE, where none can be reached or all refuse the login; USAGE, where they are
     *     not what {@code redis.url} says
     */
    static Topology find(RedisServers servers, Duration patience) {
        if (servers.master().isPresent()) {
            RedisTarget login = servers.first();
            return new SentinelGroup(
                    new Sentinels(servers.withoutDatabase(), patience),
                    address -> RedisConnection.to(login.at(address.host(), address.port()), patience),
                    patience);
        }
        return found(servers, servers.named().stream().map(target -> RedisConnection.to(target, patience)).toList());
    }

    private static Topology found(RedisServers servers, List<RedisConnection> named) {
        List<Problem> problems = new ArrayList<>();
        for (RedisConnection connection : named) {
            Optional<Topology> found = Unreached.in(() -> found(servers, named, connection), problems);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new ProvisionException(ExitCode.UNREACHABLE, problems);
    }

    private static Topology found(RedisServers servers, List<RedisConnection> named, RedisConnection asked) {
        String mode = asked.mode();
        try {
            requireFit(servers, mode);
        } catch (ProvisionException e) {
            asked.close();
            throw e;
        }
        return mode.equals(CLUSTER) ? new Cluster(named) : new ReplicaGroup(asked);
    }

    private static void requireFit(RedisServers servers, String mode) {
        Optional<Problem> problem = switch (mode) {
            case "sentinel" -> Optional.of(Problem.error(servers.masked() + " is a sentinel")
                    .remedy("write `redis+sentinel://[user:password@]host,host,host/master`"));
            case CLUSTER -> Optional.empty();
            default -> servers.named().size() == 1
                    ? Optional.empty()
                    : Optional.of(Problem.error("`redis.url` names %d servers, and %s is no node of a cluster"
                                    .formatted(servers.named().size(), servers.first().masked()))
                            .remedy("name one server; a standalone one tells of its replicas itself"));
        };
        if (problem.isPresent()) {
            throw new ProvisionException(ExitCode.USAGE, problem.get());
        }
    }

    /**
     * Those that take writes. Together they have all keys, and none is on two of them.
     *
     * @throws ProvisionException UNREACHABLE, where nobody can be asked
     */
    List<Node> masters();

    /**
     * All of them, replicas too, and those that are down, if anybody knows of them.
     *
     * @throws ProvisionException UNREACHABLE, where nobody can be asked; REFUSED, where it is not told, or users must
     *     not be set here
     */
    List<Node> nodes();

    /**
     * What is to be done at which master, because its key is there.
     *
     * @param all in the order in which each master gets its part
     * @throws ProvisionException UNREACHABLE, where nobody can be asked, or has a key
     */
    <T> Map<Node, List<T>> byMaster(Collection<T> all, Function<T, String> key);

    @Override
    void close();
}
