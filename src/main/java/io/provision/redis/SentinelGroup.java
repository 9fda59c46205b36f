package io.provision.redis;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A master and its replicas, of which sentinels know who is which at the moment. All of them are called by their
 * addresses: those stay when the places change.
 */
final class SentinelGroup implements Topology {

    private final Sentinels sentinels;
    private final Function<Sentinels.Address, RedisConnection> connect;
    private final Duration patience;
    private final Map<String, Node> nodes = new LinkedHashMap<>();

    /** @param patience with a failover that is going on */
    SentinelGroup(Sentinels sentinels, Function<Sentinels.Address, RedisConnection> connect, Duration patience) {
        this.sentinels = sentinels;
        this.connect = connect;
        this.patience = patience;
    }

    @Override
    public List<Node> masters() {
        Instant end = Instant.now().plus(patience);
        while (true) {
            Node master = node(sentinels.master());
            Optional<ProvisionException> bar = bar(master);
            if (bar.isEmpty()) {
                return List.of(master);
            }
            if (Instant.now().isAfter(end)) {
                throw bar.get();
            }
            Pause.make();
        }
    }

    /** Why the server that the sentinels name is no master: while they change it, it may be gone, or a replica. */
    private static Optional<ProvisionException> bar(Node master) {
        try {
            String info = master.connection().use(jedis -> AclRefusal.telling(
                    "Looking at the master" + master.at(), () -> jedis.info("replication")));
            return info.contains("role:master")
                    ? Optional.empty()
                    : Optional.of(new ProvisionException(
                            ExitCode.UNREACHABLE,
                            Problem.error("the sentinels name %s as the master, and it is a replica"
                                            .formatted(master.name()))
                                    .remedy("wait until the failover is over, then run the command again")));
        } catch (ProvisionException e) {
            return Optional.of(e);
        }
    }

    @Override
    public List<Node> nodes() {
        return sentinels.all().stream().map(this::node).toList();
    }

    @Override
    public <T> Map<Node, List<T>> byMaster(Collection<T> all, Function<T, String> key) {
        return all.isEmpty() ? Map.of() : Map.of(masters().get(0), List.copyOf(all));
    }

    private Node node(Sentinels.Address address) {
        return nodes.computeIfAbsent(
                address.host() + ":" + address.port(), name -> new Node(name, connect.apply(address)));
    }

    @Override
    public void close() {
        nodes.values().forEach(node -> node.connection().close());
        sentinels.close();
    }
}
