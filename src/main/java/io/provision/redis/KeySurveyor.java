package io.provision.redis;

import io.provision.redis.Topology.Node;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Goes over the keys of all masters once, for all namespaces of a run. */
final class KeySurveyor {

    /** As many keys at a time as keep the server for well below a millisecond. */
    private static final int PAGE = 1_000;

    private final Map<String, Long> counts = new HashMap<>();
    private final TreeSet<String> discoveryKeys = new TreeSet<>();
    private long scanned;

    KeySurveyor(Collection<String> namespaces) {
        namespaces.forEach(namespace -> counts.put(namespace, 0L));
    }

    /** @param masters on each of which other keys are */
    KeySurvey survey(List<Node> masters, long bound) {
        boolean complete = true;
        for (Node master : masters) {
            complete &= scan(master.connection(), bound);
        }
        return new KeySurvey(counts, List.copyOf(discoveryKeys), scanned, complete);
    }

    /** @return whether all keys were seen */
    private boolean scan(RedisConnection connection, long bound) {
        String cursor = ScanParams.SCAN_POINTER_START;
        boolean complete = false;
        while (!complete && scanned < bound) {
            String from = cursor;
            ScanParams page = new ScanParams().count((int) Math.min(PAGE, bound - scanned));
            ScanResult<String> result = connection.use(jedis -> jedis.scan(from, page));
            result.getResult().forEach(this::add);
            cursor = result.getCursor();
            complete = result.isCompleteIteration();
        }
        return complete;
    }

    private void add(String key) {
        scanned++;
        if (key.startsWith(DiscoveryReader.PREFIX)) {
            discoveryKeys.add(key);
        }
        for (int colon = key.lastIndexOf(':'); colon >= 0; colon = key.lastIndexOf(':', colon - 1)) {
            if (counts.computeIfPresent(key.substring(0, colon), (namespace, count) -> count + 1) != null) {
                return;
            }
        }
    }
}
