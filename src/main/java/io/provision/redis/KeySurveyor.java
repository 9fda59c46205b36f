package io.provision.redis;

import io.provision.naming.Names;
import io.provision.redis.Topology.Node;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Goes over the keys of all masters once, for all namespaces of a run. */
final class KeySurveyor {

    /** As many keys at a time as keep the server for well below a millisecond. */
    private static final int PAGE = 1_000;

    /** Beyond it somebody writes what is no discovery entry, and this machine's memory is not for that. */
    private static final int MOST_DISCOVERY_KEYS = 10_000;

    private final NamespaceTree namespaces;
    private final Map<String, Long> counts = new HashMap<>();
    private final TreeSet<String> discoveryKeys = new TreeSet<>();
    private Optional<String> hidden = Optional.empty();
    private long moreDiscoveryKeys;
    private long scanned;

    KeySurveyor(Collection<String> namespaces) {
        this.namespaces = new NamespaceTree(namespaces);
        namespaces.forEach(namespace -> counts.put(namespace, 0L));
    }

    /** @param masters on each of which other keys are */
    KeySurvey survey(List<Node> masters, long bound) {
        boolean complete = true;
        for (Node master : masters) {
            complete &= scan(master.connection(), bound);
        }
        return new KeySurvey(counts, List.copyOf(discoveryKeys), moreDiscoveryKeys, scanned, complete, hidden);
    }

    /** @return whether all keys were seen */
    private boolean scan(RedisConnection connection, long bound) {
        String cursor = ScanParams.SCAN_POINTER_START;
        boolean complete = false;
        while (!complete && hidden.isEmpty() && scanned < bound) {
            String from = cursor;
            ScanParams page = new ScanParams().count((int) Math.min(PAGE, bound - scanned));
            Optional<ScanResult<String>> result = connection.use(jedis -> page(jedis, from, page));
            result.ifPresent(found -> found.getResult().forEach(this::add));
            cursor = result.map(ScanResult::getCursor).orElse(cursor);
            complete = result.map(ScanResult::isCompleteIteration).orElse(false);
        }
        return complete;
    }

    /** Empty where the login may not look. */
    private Optional<ScanResult<String>> page(Jedis jedis, String from, ScanParams page) {
        try {
            return Optional.of(jedis.scan(from, page));
        } catch (JedisDataException e) {
            if (Refusal.in(e.getMessage()).filter(Refusal.NOPERM::equals).isEmpty()) {
                throw e;
            }
            hidden = Optional.of(e.getMessage());
            return Optional.empty();
        }
    }

    private void add(String key) {
        scanned++;
        if (key.startsWith(Names.DISCOVERY_PREFIX) && !discoveryKeys.contains(key)) {
            addDiscovery(key);
        }
        namespaces.of(key).ifPresent(namespace -> counts.merge(namespace, 1L, Long::sum));
    }

    private void addDiscovery(String key) {
        if (discoveryKeys.size() < MOST_DISCOVERY_KEYS) {
            discoveryKeys.add(key);
        } else {
            moreDiscoveryKeys++;
        }
    }
}
