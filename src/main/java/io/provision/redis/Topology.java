package io.provision.redis;

import io.provision.plan.acl.AclNode;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The servers behind {@code redis.url}: the one that it names, and its replicas, which are found through it and reached
 * directly, with the same login.
 */
final class Topology implements AutoCloseable {

    private static final Pattern REPLICA =
            Pattern.compile("^slave\\d+:ip=(?<host>[^,]+),port=(?<port>\\d+)", Pattern.MULTILINE);

    private static final Pattern PRIMARY =
            Pattern.compile("^master_host:(?<host>\\S+)\\s+master_port:(?<port>\\d+)", Pattern.MULTILINE);

    private final RedisConnection named;
    private final Map<String, RedisConnection> replicas = new LinkedHashMap<>();

    Topology(RedisConnection named) {
        this.named = named;
    }

    /** A server that keeps users of its own. */
    record Node(String name, RedisConnection connection) {

        /** As a sentence about it goes on. */
        String at() {
            return " at " + connection.target().masked();
        }
    }

    /** Where keys are read and written. */
    RedisConnection primary() {
        return named;
    }

    /**
     * All servers that keep users of their own, the named one first; those that have joined since are among them.
     *
     * @throws ProvisionException REFUSED, where not all of them can be seen
     */
    List<Node> nodes() {
        Map<String, Node> nodes = new LinkedHashMap<>();
        Queue<Node> open = new ArrayDeque<>(List.of(new Node(AclNode.NAMED, named)));
        while (!open.isEmpty()) {
            Node node = open.remove();
            if (nodes.putIfAbsent(node.name(), node) == null) {
                open.addAll(replicasOf(node));
            }
        }
        return List.copyOf(nodes.values());
    }

    private List<Node> replicasOf(Node node) {
        String info = node.connection().use(jedis -> AclRefusal.telling(
                "Finding the replicas of " + node.connection().target().masked(), () -> jedis.info("replication")));
        requirePrimary(node, info);
        List<Node> found = new ArrayList<>();
        Matcher replica = REPLICA.matcher(info);
        while (replica.find()) {
            String name = replica.group("host") + ":" + replica.group("port");
            found.add(new Node(name, replica(name, replica.group("host"), Integer.parseInt(replica.group("port")))));
        }
        return found;
    }

    private void requirePrimary(Node node, String info) {
        Matcher primary = PRIMARY.matcher(info);
        if (node.connection() == named && info.contains("role:slave") && primary.find()) {
            throw new ProvisionException(
                    ExitCode.REFUSED,
                    Problem.error("%s is a replica of %s:%s, and users must be set on that one and all its replicas"
                                    .formatted(named.target().masked(), primary.group("host"), primary.group("port")))
                            .remedy("set `redis.url` to the primary"));
        }
    }

    private RedisConnection replica(String name, String host, int port) {
        RedisConnection known = replicas.get(name);
        if (known != null) {
            return known;
        }
        try {
            RedisConnection connection = named.toReplica(host, port);
            replicas.put(name, connection);
            return connection;
        } catch (ProvisionException e) {
            throw new ProvisionException(
                    ExitCode.REFUSED,
                    Problem.error("the replica %s of %s cannot be used, and users must be set on each server: %s"
                                    .formatted(name, named.target().masked(), e.getMessage()))
                            .remedy("let it be reached from here under that name (`replica-announce-ip`), with the same"
                                    + " login; or set `redis.acl: off`"));
        }
    }

    @Override
    public void close() {
        replicas.values().forEach(RedisConnection::close);
        named.close();
    }
}
