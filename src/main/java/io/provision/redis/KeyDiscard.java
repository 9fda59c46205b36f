package io.provision.redis;

import io.provision.redis.Topology.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Takes away all keys of some namespaces, in one pass over all masters. Keys are bytes: not all of them are text. */
final class KeyDiscard {

    private static final int PAGE = 1_000;

    private final Set<String> discarded;
    private final NamespaceTree known;

    /**
     * @param discarded the namespaces
     * @param known these and all others, whose keys stay where they lie in these
     */
    KeyDiscard(Collection<String> discarded, Collection<String> known) {
        this.discarded = Set.copyOf(discarded);
        this.known = new NamespaceTree(known);
    }

    void discard(List<Node> masters) {
        ScanParams page = new ScanParams().count(PAGE);
        for (Node master : masters) {
            byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
            boolean complete = false;
            while (!complete) {
                byte[] from = cursor;
                ScanResult<byte[]> result = master.connection().use(jedis -> {
                    ScanResult<byte[]> found = jedis.scan(from, page);
                    unlink(jedis, found.getResult());
                    return found;
                });
                cursor = result.getCursorAsBytes();
                complete = result.isCompleteIteration();
            }
        }
    }

    private void unlink(Jedis jedis, List<byte[]> keys) {
        List<byte[]> going = keys.stream()
                .filter(key -> known.of(new String(key, StandardCharsets.ISO_8859_1))
                        .filter(discarded::contains)
                        .isPresent())
                .toList();
        List<Response<Long>> answers = new ArrayList<>();
        try (Pipeline pipeline = jedis.pipelined()) {
            going.forEach(key -> answers.add(pipeline.unlink(key)));
        }
        answers.forEach(Response::get);
    }
}
