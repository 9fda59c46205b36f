package io.provision.redis;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import redis.clients.jedis.Jedis;

/** The sentinels that {@code redis.url} names; the first that answers is believed. */
final class Sentinels implements AutoCloseable {

    private final RedisServers servers;
    private final String master;
    private final Duration patience;

    /** The one that answered comes first: who does not answer costs time. */
    private final List<RedisTarget> order;

    private final Map<RedisTarget, RedisConnection> connections = new HashMap<>();

    /** Where a server is. */
    record Address(String host, int port) {}

    /** @param servers with a master */
    Sentinels(RedisServers servers, Duration patience) {
        this.servers = servers;
        this.master = servers.master().orElseThrow();
        this.patience = patience;
        this.order = new ArrayList<>(servers.named());
    }

    /** @throws ProvisionException UNREACHABLE, where none answers; USAGE, where they know no master of the name */
    Address master() {
        return ask(jedis -> Optional.ofNullable(jedis.sentinelGetMasterAddrByName(master)).map(Sentinels::address));
    }

    /**
     * The master and its replicas, also those that are down. While a failover goes on, the new master is a replica
     * still and the old one, for a moment, neither what is answered as the master nor a replica, but the one watched.
     */
    Set<Address> all() {
        return ask(jedis -> {
            List<String> current = jedis.sentinelGetMasterAddrByName(master);
            if (current == null) {
                return Optional.empty();
            }
            Set<Address> all = new LinkedHashSet<>(List.of(address(jedis.sentinelMaster(master))));
            all.add(address(current));
            jedis.sentinelReplicas(master).forEach(replica -> all.add(address(replica)));
            return Optional.of(all);
        });
    }

    private static Address address(List<String> hostAndPort) {
        return new Address(hostAndPort.get(0), Integer.parseInt(hostAndPort.get(1)));
    }

    private static Address address(Map<String, String> server) {
        return new Address(server.get("ip"), Integer.parseInt(server.get("port")));
    }

    /** @param question answered with nothing by a sentinel that does not know the master */
    private <T> T ask(Function<Jedis, Optional<T>> question) {
        List<Problem> problems = new ArrayList<>();
        boolean answered = false;
        for (RedisTarget sentinel : List.copyOf(order)) {
            try {
                Optional<T> answer = connection(sentinel).use(question);
                if (answer.isPresent()) {
                    Collections.swap(order, 0, order.indexOf(sentinel));
                    return answer.get();
                }
                answered = true;
            } catch (ProvisionException e) {
                problems.addAll(e.problems());
            }
        }
        if (answered) {
            throw new ProvisionException(
                    ExitCode.USAGE,
                    Problem.error("the sentinels at %s know no master %s".formatted(servers.masked(), master))
                            .remedy("write what `SENTINEL MASTERS` calls it behind the `/` of `redis.url`"));
        }
        throw new ProvisionException(ExitCode.UNREACHABLE, problems);
    }

    /** Most ask nobody for a login; those that do are given the one of the servers. */
    private RedisConnection connection(RedisTarget sentinel) {
        RedisConnection known = connections.get(sentinel);
        if (known != null) {
            return known;
        }
        RedisTarget anybody = sentinel.withoutLogin();
        RedisConnection made;
        try {
            made = RedisConnection.open(anybody, patience);
        } catch (ProvisionException e) {
            if (sentinel.equals(anybody) || !e.getMessage().contains(Refusal.NOAUTH.name())) {
                throw e;
            }
            made = RedisConnection.open(sentinel, patience);
        }
        connections.put(sentinel, made);
        return made;
    }

    @Override
    public void close() {
        connections.values().forEach(RedisConnection::close);
    }
}
