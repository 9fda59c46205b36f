package io.provision.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/** A real Redis Cluster for tests, each master with as many replicas; all nodes have the same password. */
public final class TestCluster implements AutoCloseable {

    private static final int SLOTS = 16_384;

    private final Supplier<Map<String, String>> settings;
    private final List<TestRedis> nodes = new ArrayList<>();

    public TestCluster(int masters, int replicasEach) {
        this(masters, replicasEach, Map::of);
    }

    /** @param settings of redis.conf, asked for by each node */
    public TestCluster(int masters, int replicasEach, Supplier<Map<String, String>> settings) {
        this.settings = settings;
        for (int i = 0; i < masters * (1 + replicasEach); i++) {
            start();
        }
        for (int i = 0; i < masters; i++) {
            int from = SLOTS * i / masters;
            int to = SLOTS * (i + 1) / masters - 1;
            try (Jedis jedis = nodes.get(i).connect()) {
                jedis.clusterAddSlotsRange(from, to);
            }
        }
        meet();
        for (int i = masters; i < nodes.size(); i++) {
            String master = id(nodes.get(i % masters));
            try (Jedis jedis = nodes.get(i).connect()) {
                jedis.clusterReplicate(master);
            }
        }
        awaitReady();
    }

    private TestRedis start() {
        Map<String, String> all = new HashMap<>(settings.get());
        all.put("cluster-enabled", "yes");
        // The usual one is the port and 10000, which may be too large.
        all.put("cluster-port", Integer.toString(freePort()));
        // Who has not answered an introduction by then is forgotten, and who has not answered later is taken for lost.
        all.put("cluster-node-timeout", "15000");
        all.put("repl-diskless-sync-delay", "0");
        all.put("shutdown-timeout", "0");
        TestRedis node = TestRedis.anotherOrUsual(all);
        nodes.add(node);
        try (Jedis jedis = node.connect()) {
            jedis.aclSetUser("default", ">" + password());
            jedis.configSet("masterauth", password());
            try {
                // Who has the higher number is believed; that all have the same resolves itself, after a while.
                jedis.sendCommand(Protocol.Command.CLUSTER, "SET-CONFIG-EPOCH", Integer.toString(nodes.size()));
            } catch (JedisDataException e) {
                // It has one already.
            }
        }
        return node;
    }

    /** A further master, without slots. */
    public TestRedis join() {
        TestRedis node = start();
        meet();
        return node;
    }

    /** Until each node knows each. */
    private void meet() {
        for (TestRedis node : nodes) {
            String port = config(node, config(node, "tls-cluster").equals("yes") ? "tls-port" : "port");
            String bus = config(node, "cluster-port");
            // Each is introduced to each: by itself, one would hear of another when it is told by chance.
            for (TestRedis other : nodes) {
                try (Jedis jedis = other.connect()) {
                    jedis.sendCommand(Protocol.Command.CLUSTER, "MEET", "127.0.0.1", port, bus);
                }
            }
        }
        Set<Integer> all = nodes.stream().map(TestRedis::port).collect(Collectors.toSet());
        for (TestRedis node : nodes) {
            try (Jedis jedis = node.connect()) {
                while (!known(jedis).equals(all)) {
                    Pause.brief();
                }
            }
        }
    }

    private static Set<Integer> known(Jedis jedis) {
        Set<Integer> ports = new HashSet<>();
        jedis.clusterNodes().lines().filter(line -> !line.contains("handshake")).forEach(line -> ports.add(
                Integer.parseInt(line.split("[ @]")[1].replaceFirst(".*:", ""))));
        return ports;
    }

    private void awaitReady() {
        for (TestRedis node : nodes) {
            try (Jedis jedis = node.connect()) {
                while (!jedis.clusterInfo().contains("cluster_state:ok")
                        || jedis.info("replication").contains("master_link_status:down")) {
                    Pause.brief();
                }
            }
        }
    }

    private static String config(TestRedis node, String name) {
        try (Jedis jedis = node.connect()) {
            return jedis.configGet(name).get(name);
        }
    }

    public static String id(TestRedis node) {
        try (Jedis jedis = node.connect()) {
            return jedis.clusterMyId();
        }
    }

    public static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<TestRedis> nodes() {
        return List.copyOf(nodes);
    }

    /** Of the user {@code default}, at all nodes. */
    public String password() {
        return nodes.get(0).password();
    }

    /** Of one node, which is all that is needed. */
    public String url() {
        return nodes.get(0).url();
    }

    public Set<HostAndPort> addresses() {
        return nodes.stream().map(node -> new HostAndPort("127.0.0.1", node.port())).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        nodes.forEach(TestRedis::stop);
    }
}
