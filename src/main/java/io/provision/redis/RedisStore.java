package io.provision.redis;

import io.provision.problem.ProvisionException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** All that the tool does at a Redis server, over one connection; not for several threads at once. */
public final class RedisStore implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RedisConnection connection;

    private RedisStore(RedisConnection connection) {
        this.connection = connection;
    }

    /**
     * @throws ProvisionException UNREACHABLE, where the server cannot be reached or refuses the login; USAGE, where it
     *     is not a standalone one, or the files of the connection are wrong
     */
    public static RedisStore connect(RedisTarget target) {
        return connect(target, PATIENCE);
    }

    /** @param patience with the making of the connection */
    static RedisStore connect(RedisTarget target, Duration patience) {
        return new RedisStore(RedisConnection.open(target, patience));
    }

    /** As the login: see {@link #validate(Collection, Collection)}. */
    public List<Validation> validate(Collection<String> namespaces) {
        return validate(namespaces, List.of());
    }

    /**
     * Sets a key in each namespace and takes it away again, as the instance's own user where that one stands, as the
     * login elsewhere. For five thousand it takes the login three round trips; with owners one more on its connection,
     * and four on a second one, which is made where any of them stands.
     *
     * @param namespaces without the colon that follows them
     * @param owners those of whom a password is known, whether they stand or not
     * @return one for each namespace, in the same order, without repetitions
     * @throws ProvisionException UNREACHABLE, when a connection breaks; keys that were set by then run out in 10 s
     */
    public List<Validation> validate(Collection<String> namespaces, Collection<NamespaceOwner> owners) {
        return new NamespaceValidator(connection).validate(namespaces, owners);
    }

    /**
     * Counts the keys of all namespaces and finds the discovery keys, in one pass and without KEYS.
     *
     * @param bound the number of keys after which to stop; five million take seconds
     * @throws ProvisionException UNREACHABLE, when the connection breaks or the login may not SCAN
     */
    public KeySurvey survey(Collection<String> namespaces, long bound) {
        return new KeySurveyor(namespaces).survey(connection, bound);
    }

    /**
     * Reads what services wrote about themselves.
     *
     * @param keys those that a survey found, or those that the manifest expects
     * @return in the order of the keys; those that are not there are left out
     */
    public List<DiscoveryEntry> discovery(Collection<String> keys) {
        return new DiscoveryReader(connection).read(keys);
    }

    @Override
    public void close() {
        connection.close();
    }
}
