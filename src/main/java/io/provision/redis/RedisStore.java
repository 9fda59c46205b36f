package io.provision.redis;

import io.provision.plan.Change;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.ResourceId;
import io.provision.plan.acl.AclNode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/**
 * All that the tool does at a Redis: one server, those of sentinels, or a cluster, and all replicas, which have users
 * of their own. Not for several threads at once.
 */
public final class RedisStore implements AutoCloseable {

    /** So many keys are looked at when nobody says otherwise; it takes seconds. */
    public static final long USUAL_BOUND = 5_000_000;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RedisServers servers;
    private final Duration patience;
    private Optional<Opened> opened = Optional.empty();

    private RedisStore(RedisServers servers, Duration patience) {
        this.servers = servers;
        this.patience = patience;
    }

    /** What works on an open connection. */
    private record Opened(Topology topology, AclUsers users, AclSetter setter) {

        static Opened on(Topology topology) {
            AclUsers users = new AclUsers(topology);
            return new Opened(topology, users, new AclSetter(topology, users));
        }
    }

    /**
     * @throws ProvisionException UNREACHABLE, where no server can be reached or they refuse the login; USAGE, where
     *     they are not what the URL says, or the files of the connection are wrong
     */
    public static RedisStore connect(RedisServers servers) {
        return connect(servers, PATIENCE);
    }

    static RedisStore connect(RedisTarget target) {
        return connect(RedisServers.one(target), PATIENCE);
    }

    /** @param patience with the making of a connection, and with a failover */
    static RedisStore connect(RedisServers servers, Duration patience) {
        RedisStore store = new RedisStore(servers, patience);
        try {
            store.opened().topology().masters();
            return store;
        } catch (ProvisionException e) {
            store.close();
            throw e;
        }
    }

    /** Connects when it is first asked for something, and fails as {@link #connect} does then. */
    public static RedisStore onDemand(RedisServers servers) {
        return new RedisStore(servers, PATIENCE);
    }

    private Opened opened() {
        if (opened.isEmpty()) {
            opened = Optional.of(Opened.on(Topology.find(servers, patience)));
        }
        return opened.get();
    }

    /** How often the connections to the masters were used. */
    long uses() {
        return opened().topology().masters().stream().mapToLong(master -> master.connection().uses()).sum();
    }

    /** As the login: see {@link #validate(Collection, Collection)}. */
    List<Validation> validate(Collection<String> namespaces) {
        return validate(namespaces, List.of());
    }

    /**
     * Sets a key in each namespace and takes it away again, as the instance's own user where that one stands, as the
     * login elsewhere. For five thousand it takes the login two round trips to each master, and two more for those
     * where such a key stood; with owners one more on its connection, and as many and one on a second one, which is
     * made where any of them stands.
     *
     * @param namespaces without the colon that follows them
     * @param owners those of whom a password is known, whether they stand or not
     * @return one for each namespace, in the same order, without repetitions
     * @throws ProvisionException UNREACHABLE, when a connection breaks; keys that were set by then run out in 10 s
     */
    public List<Validation> validate(Collection<String> namespaces, Collection<NamespaceOwner> owners) {
        return new NamespaceValidator(opened().topology()).validate(namespaces, owners);
    }

    /**
     * Counts the keys of all namespaces and finds the discovery keys, in one pass and without KEYS.
     *
     * @param bound the number of keys after which to stop; five million take seconds
     * @throws ProvisionException UNREACHABLE, when a connection breaks
     */
    public KeySurvey survey(Collection<String> namespaces, long bound) {
        return new KeySurveyor(namespaces).survey(opened().topology().masters(), bound);
    }

    /**
     * Reads what services wrote about themselves.
     *
     * @param keys those that a survey found, or those that the manifest expects
     * @return in the order of the keys; those that are not there are left out
     */
    public List<DiscoveryEntry> discovery(Collection<String> keys) {
        List<DiscoveryEntry> entries = new ArrayList<>();
        opened().topology().byMaster(new TreeSet<>(keys), Function.identity()).forEach(
                (master, here) -> entries.addAll(new DiscoveryReader(master.connection()).read(here)));
        entries.sort(Comparator.comparing(DiscoveryEntry::key));
        return entries;
    }

    /**
     * Takes these keys away, in one round trip for each master.
     *
     * @throws ProvisionException UNREACHABLE, when a connection breaks, or the login may not do that
     */
    public void delete(Collection<String> keys) {
        var byMaster = opened().topology().byMaster(keys, Function.identity());
        byMaster.forEach((master, here) -> master.connection().use(jedis -> {
            List<Response<Long>> answers = new ArrayList<>();
            try (Pipeline pipeline = jedis.pipelined()) {
                here.forEach(key -> answers.add(pipeline.del(key)));
            }
            answers.forEach(Response::get);
            return here;
        }));
    }

    /**
     * Takes all keys of these namespaces away, in one pass and without KEYS.
     *
     * @param known these and all others, whose keys stay where they lie in these
     * @throws ProvisionException UNREACHABLE, when a connection breaks, or the login may not do that
     */
    public void discard(Collection<String> namespaces, Collection<String> known) {
        new KeyDiscard(namespaces, known).discard(opened().topology().masters());
    }

    /**
     * The servers on which users are set: Redis does not spread them. Two round trips for each when it is first seen.
     *
     * @throws ProvisionException REFUSED, where one of them cannot be reached, or does not let the login set users
     */
    public List<AclNode> aclNodes() {
        return opened().users().nodes();
    }

    /**
     * The same for who only looks at them.
     *
     * @throws ProvisionException REFUSED, where one of them cannot be reached, or knows no ACL
     */
    public List<AclNode> aclNodesSeen() {
        return opened().users().seen();
    }

    /** From now on asks for each user once: what follows is proved of one look. For a command that changes no user. */
    public void lookOnce() {
        opened().users().remember();
    }

    /**
     * Looks at all users of all servers, 500 at a time.
     *
     * @throws ProvisionException REFUSED, as {@link #aclNodesSeen}, or where a server does not tell
     */
    public List<NodeUsers> everybody() {
        return surveyor().survey();
    }

    /**
     * Asks a server what it would let users do.
     *
     * @param node as {@link AclNode#name}
     * @return an answer to each question, in the same order
     */
    public List<DryRun> dryRun(String node, List<DryRun.Question> questions) {
        return questions.isEmpty() ? List.of() : surveyor().dryRun(node, questions);
    }

    private AclSurveyor surveyor() {
        return new AclSurveyor(opened().topology(), opened().users());
    }

    /** The user that runs this. */
    public String login() {
        return servers.first().user().orElse("default");
    }

    /** The database's number. */
    public int database() {
        return servers.first().database();
    }

    /**
     * Looks at users, 500 at a time.
     *
     * @param wanted by name and node; their rules do not count
     * @return those that stand; none of a server that is not among {@link #aclNodesSeen()}
     */
    public Map<ResourceId, SeenUser> users(Collection<AclUser> wanted) {
        return wanted.isEmpty() ? Map.of() : opened().users().find(wanted);
    }

    /**
     * Sets users, each whole and at once, 500 in a round trip. Who stands keeps its passwords and connections.
     *
     * @param changes of users
     * @param password of a user that is made, or gets its first one; one who stands on another server gets that one's
     * @return why it was not done, of those that were not
     * @throws ProvisionException UNREACHABLE, when a connection breaks: nobody knows which were done on that server; on
     *     all others they were, or were refused
     */
    public Map<ResourceId, Problem> setUsers(
            Collection<Change> changes, Function<String, Optional<PasswordHash>> password) {
        return changes.isEmpty() ? Map.of() : opened().setter().apply(changes, password);
    }

    /** What the servers keep of the passwords of users, of those that stand; 500 in a round trip. */
    public Map<AclUser, List<PasswordHash>> passwords(Collection<AclUser> wanted) {
        return wanted.isEmpty() ? Map.of() : new AclPasswords(opened().topology(), opened().users()).of(wanted);
    }

    /**
     * Changes passwords of users who stand, each at once, 500 in a round trip; connections go on.
     *
     * @return why it was not done, of those that were not
     * @throws ProvisionException UNREACHABLE, when a connection breaks: as {@link #setUsers} says
     */
    public Map<ResourceId, Problem> changePasswords(PasswordWord what, Map<AclUser, PasswordHash> passwords) {
        return passwords.isEmpty()
                ? Map.of()
                : new AclPasswords(opened().topology(), opened().users()).say(what, passwords);
    }

    /**
     * Has every server write its users down.
     *
     * @return why they are lost at a restart, of each server where they are
     */
    public List<String> persistUsers() {
        return opened().topology().nodes().stream().flatMap(node -> new UserFile(node).write().stream()).toList();
    }

    /** The same, asked before: there is no file that they could be written to. */
    public List<String> usersToBeLost() {
        return opened().topology().nodes().stream().flatMap(node -> new UserFile(node).loss().stream()).toList();
    }

    @Override
    public void close() {
        opened.ifPresent(open -> open.topology().close());
    }
}
