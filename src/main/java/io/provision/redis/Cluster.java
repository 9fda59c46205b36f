package io.provision.redis;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * A Redis Cluster. Any node that answers tells of all others, which are reached under the addresses that they announce,
 * with the same login.
 */
final class Cluster implements Topology {

    private final List<RedisConnection> named;
    private final Map<String, Node> nodes = new LinkedHashMap<>();

    /** Asked first: who does not answer costs time. */
    private Optional<RedisConnection> answered = Optional.empty();

    /** @param named those of {@code redis.url}, of which one is enough */
    Cluster(List<RedisConnection> named) {
        this.named = List.copyOf(named);
    }

    /** What one node knew of all at one moment. */
    private record View(RedisConnection asked, List<ClusterMember> members, boolean byHostname) {}

    @Override
    public List<Node> masters() {
        View view = look();
        return view.members().stream().filter(ClusterMember::hasKeys).map(member -> node(view, member)).toList();
    }

    @Override
    public List<Node> nodes() {
        View view = look();
        List<Problem> lost = view.members().stream()
                .filter(ClusterMember::isLost)
                .map(member -> Problem.error("users must be set on each server, and nobody knows the address of the"
                                + " cluster's node " + member.id())
                        .remedy("start it, or `CLUSTER FORGET` it at each node"))
                .toList();
        if (!lost.isEmpty()) {
            throw new ProvisionException(ExitCode.REFUSED, lost);
        }
        return view.members().stream().map(member -> node(view, member)).toList();
    }

    @Override
    public <T> Map<Node, List<T>> byMaster(Collection<T> all, Function<T, String> key) {
        if (all.isEmpty()) {
            return Map.of();
        }
        View view = look();
        Map<Integer, Node> owners = owners(view);
        Map<Node, List<T>> parts = new LinkedHashMap<>();
        for (T one : all) {
            int slot = JedisClusterCRC16.getSlot(key.apply(one));
            if (!owners.containsKey(slot)) {
                throw new ProvisionException(
                        ExitCode.UNREACHABLE,
                        Problem.error("no node of the cluster at %s has the slot %d, where the key %s belongs"
                                        .formatted(view.asked().target().masked(), slot, key.apply(one)))
                                .remedy("look at `CLUSTER INFO`, and give every slot to a node"));
            }
            parts.computeIfAbsent(owners.get(slot), node -> new ArrayList<>()).add(one);
        }
        return parts;
    }

    private Map<Integer, Node> owners(View view) {
        Map<Integer, Node> owners = new HashMap<>();
        for (ClusterMember member : view.members()) {
            for (ClusterMember.Slots slots : member.slots()) {
                for (int slot = slots.from(); slot <= slots.to(); slot++) {
                    owners.put(slot, node(view, member));
                }
            }
        }
        return owners;
    }

    private View look() {
        List<Problem> problems = new ArrayList<>();
        for (RedisConnection candidate : candidates()) {
            Optional<View> view = Unreached.in(() -> look(candidate), problems);
            if (view.isPresent()) {
                answered = Optional.of(candidate);
                return view.get();
            }
        }
        throw new ProvisionException(ExitCode.UNREACHABLE, problems);
    }

    private List<RedisConnection> candidates() {
        Stream<RedisConnection> others = nodes.values().stream().map(Node::connection);
        return Stream.concat(Stream.concat(answered.stream(), named.stream()), others).distinct().toList();
    }

    private static View look(RedisConnection asked) {
        String answer = asked.use(jedis -> AclRefusal.telling(
                "Finding the nodes of the cluster at " + asked.target().masked(), jedis::clusterNodes));
        List<ClusterMember> members = ClusterMember.all(answer).stream().filter(ClusterMember::hasJoined).toList();
        boolean named = members.stream().anyMatch(member -> member.hostname().isPresent());
        return new View(asked, members, named && (asked.target().tls() || prefersHostnames(asked)));
    }

    private static boolean prefersHostnames(RedisConnection asked) {
        String setting = "cluster-preferred-endpoint-type";
        return asked.use(jedis -> {
            try {
                return jedis.configGet(setting).getOrDefault(setting, "").equals("hostname");
            } catch (JedisDataException e) {
                return false;
            }
        });
    }

    private Node node(View view, ClusterMember member) {
        RedisConnection asked = view.asked();
        String announced = view.byHostname() ? member.hostname().orElse(member.address()) : member.address();
        String host = announced.isEmpty() && member.isAsked() ? asked.target().host() : announced;
        return nodes.computeIfAbsent(
                host + ":" + member.port(), name -> new Node(name, asked.to(host, member.port())));
    }

    @Override
    public void close() {
        nodes.values().forEach(node -> node.connection().close());
        named.forEach(RedisConnection::close);
    }
}
