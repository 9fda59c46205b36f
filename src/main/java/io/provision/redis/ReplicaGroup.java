package io.provision.redis;

import io.provision.plan.acl.AclNode;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one server that {@code redis.url} names, and its replicas, which are found through it and reached directly, with
 * the same login.
 */
final class ReplicaGroup implements Topology {

    private static final Pattern REPLICA =
            Pattern.compile("^slave\\d+:ip=(?<host>[^,]+),port=(?<port>\\d+)", Pattern.MULTILINE);

    private static final Pattern PRIMARY =
            Pattern.compile("^master_host:(?<host>\\S+)\\s+master_port:(?<port>\\d+)", Pattern.MULTILINE);

    private final Node named;
    private final Map<String, Node> replicas = new HashMap<>();

    ReplicaGroup(RedisConnection named) {
        this.named = new Node(AclNode.NAMED, named);
    }

    @Override
    public List<Node> masters() {
        return List.of(named);
    }

    @Override
    public <T> Map<Node, List<T>> byMaster(Collection<T> all, Function<T, String> key) {
        return all.isEmpty() ? Map.of() : Map.of(named, List.copyOf(all));
    }

    @Override
    public List<Node> nodes() {
        Map<String, Node> nodes = new LinkedHashMap<>();
        Queue<Node> open = new ArrayDeque<>(List.of(named));
        while (!open.isEmpty()) {
            Node node = open.remove();
            if (nodes.putIfAbsent(node.name(), node) == null) {
                open.addAll(replicasOf(node));
            }
        }
        return List.copyOf(nodes.values());
    }

    private List<Node> replicasOf(Node node) {
        String info = replication(node);
        requirePrimary(node, info);
        List<Node> found = new ArrayList<>();
        Matcher replica = REPLICA.matcher(info);
        while (replica.find()) {
            String host = replica.group("host");
            int port = Integer.parseInt(replica.group("port"));
            found.add(replicas.computeIfAbsent(
                    host + ":" + port, name -> new Node(name, named.connection().to(host, port))));
        }
        return found;
    }

    private String replication(Node node) {
        try {
            return node.connection().use(jedis -> AclRefusal.telling(
                    "Finding the replicas of " + node.connection().target().masked(), () -> jedis.info("replication")));
        } catch (ProvisionException e) {
            if (node == named || e.exitCode() != ExitCode.UNREACHABLE) {
                throw e;
            }
            // Whoever sets users there tells it.
            return "";
        }
    }

    private void requirePrimary(Node node, String info) {
        Matcher primary = PRIMARY.matcher(info);
        if (node == named && info.contains("role:slave") && primary.find()) {
            throw new ProvisionException(
                    ExitCode.REFUSED,
                    Problem.error("%s is a replica of %s:%s, and users must be set on that one and all its replicas"
                                    .formatted(named.connection().target().masked(),
                                            primary.group("host"), primary.group("port")))
                            .remedy("set `redis.url` to the primary"));
        }
    }

    @Override
    public void close() {
        replicas.values().forEach(replica -> replica.connection().close());
        named.connection().close();
    }
}
