package io.provision.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A master, two replicas, and three sentinels that watch them; all servers have the same password. */
public final class TestSentinelGroup implements AutoCloseable {

    public static final String MASTER = "mymaster";

    private static final Map<String, String> QUICK = Map.of("repl-diskless-sync-delay", "0", "shutdown-timeout", "0");

    private final List<TestRedis> servers = new ArrayList<>();
    private final List<TestSentinel> sentinels;

    public TestSentinelGroup(Path folder) {
        for (int i = 0; i < 3; i++) {
            servers.add(TestRedis.anotherOrUsual(QUICK));
            try (Jedis jedis = servers.get(i).connect()) {
                jedis.aclSetUser("default", ">" + password());
                jedis.configSet("masterauth", password());
                // Who is stopped shall know it afterwards.
                jedis.configRewrite();
            }
        }
        servers.get(1).replicating(servers.get(0));
        servers.get(2).replicating(servers.get(0));
        sentinels = IntStream.range(0, 3).mapToObj(i -> new TestSentinel(folder, servers.get(0), 2, "")).toList();
        awaitAcquaintance();
    }

    private void awaitAcquaintance() {
        for (TestSentinel sentinel : sentinels) {
            try (Jedis jedis = sentinel.connect()) {
                while (replicasSeen(jedis) < 2 || jedis.sentinelSentinels(MASTER).size() < 2) {
                    Pause.brief();
                }
            }
        }
    }

    /** Those that were asked, too: none else is promoted. */
    private static long replicasSeen(Jedis sentinel) {
        return sentinel.sentinelReplicas(MASTER).stream()
                .filter(replica -> "ok".equals(replica.get("master-link-status")))
                .count();
    }

    public List<TestRedis> servers() {
        return List.copyOf(servers);
    }

    public String url() {
        return "redis+sentinel://default:%s@%s/%s".formatted(
                password(),
                sentinels.stream().map(s -> "127.0.0.1:" + s.port()).collect(Collectors.joining(",")),
                MASTER);
    }

    public Set<HostAndPort> sentinels() {
        return sentinels.stream().map(s -> new HostAndPort("127.0.0.1", s.port())).collect(Collectors.toSet());
    }

    public String password() {
        return servers.get(0).password();
    }

    /** The server that all sentinels name, and that is one. */
    public TestRedis master() {
        try (Jedis jedis = sentinels.get(0).connect()) {
            int port = Integer.parseInt(jedis.sentinelGetMasterAddrByName(MASTER).get(1));
            return servers.stream().filter(server -> server.port() == port).findFirst().orElseThrow();
        }
    }

    /** As a person has it: all servers stay. */
    public void failOver() {
        TestRedis before = master();
        try (Jedis jedis = sentinels.get(0).connect()) {
            jedis.sentinelFailover(MASTER);
        }
        awaitOtherThan(before);
        while (!replication(before).contains("role:slave")) {
            Pause.brief();
        }
    }

    /** The master is gone, and another takes its place. */
    public TestRedis killMaster() {
        TestRedis before = master();
        sentinels.forEach(sentinel -> sentinel.isQuick(true));
        before.stop();
        awaitOtherThan(before);
        sentinels.forEach(sentinel -> sentinel.isQuick(false));
        return before;
    }

    /** Until each sentinel knows it. */
    private void awaitOtherThan(TestRedis before) {
        for (TestSentinel sentinel : sentinels) {
            try (Jedis jedis = sentinel.connect()) {
                while (jedis.sentinelGetMasterAddrByName(MASTER).get(1).equals(Integer.toString(before.port()))) {
                    Pause.brief();
                }
            }
        }
    }

    /** Until a server that was away is a replica again. */
    public void startAgain(TestRedis server) {
        server.startAgain();
        while (!replication(server).contains("master_link_status:up")) {
            Pause.brief();
        }
    }

    private static String replication(TestRedis server) {
        try (Jedis jedis = server.connect()) {
            return jedis.info("replication");
        } catch (JedisConnectionException cutOff) {
            return "";
        }
    }

    @Override
    public void close() {
        sentinels.forEach(TestSentinel::close);
        servers.forEach(TestRedis::stop);
    }
}
