package io.provision.redis;

import io.provision.problem.ProvisionException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The servers behind {@code redis.url} ({@code redis.md}, "What an instance gets", 5). Who is asked twice may answer
 * differently: servers join, leave and change places meanwhile.
 */
sealed interface Topology extends AutoCloseable permits ReplicaGroup {

    /** A server; it keeps users of its own. Its connection is made when it is first used. */
    record Node(String name, RedisConnection connection) {

        /** As a sentence about it goes on. */
        String at() {
            return " at " + connection.target().masked();
        }
    }

    /**
     * Those that take writes. Together they have all keys, and none is on two of them.
     *
     * @throws ProvisionException UNREACHABLE, where nobody can be asked
     */
    List<Node> masters();

    /**
     * All of them, replicas too, and those that are down, if anybody knows of them.
     *
     * @throws ProvisionException UNREACHABLE, where nobody can be asked; REFUSED, where it is not told, or users must
     *     not be set here
     */
    List<Node> nodes();

    /**
     * What is to be done at which master, because its key is there.
     *
     * @param all in the order in which each master gets its part
     * @throws ProvisionException UNREACHABLE, where nobody can be asked, or has a key
     */
    <T> Map<Node, List<T>> byMaster(Collection<T> all, Function<T, String> key);

    @Override
    void close();
}
