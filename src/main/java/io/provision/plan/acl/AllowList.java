package io.provision.plan.acl;

import io.provision.manifest.Instance;
import io.provision.naming.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an instance's user may do ({@code redis.md}, "What an instance gets", 2). It is added up from nothing: taking
 * away from everything leaves what one did not think of, such as FUNCTION FLUSH, and what later versions bring.
 */
public final class AllowList {

    private static final List<String> COMMANDS = List.of(
            "-@all",
            // Data types, and with them their blocking commands and expiry.
            "+@string", "+@hash", "+@list", "+@set", "+@sortedset", "+@stream", "+@bitmap", "+@hyperloglog", "+@geo",
            "+@transaction",
            // Whatever the server itself warns of among them.
            "-@dangerous", "-@admin",
            "+del", "+unlink", "+exists", "+type", "+touch", "+object", "+rename", "+renamenx", "+scan",
            "+expire", "+pexpire", "+expireat", "+pexpireat", "+expiretime", "+pexpiretime", "+ttl", "+pttl",
            "+persist", "+wait", "+waitaof",
            "+publish", "+subscribe", "+psubscribe", "+unsubscribe", "+punsubscribe",
            "+spublish", "+ssubscribe", "+sunsubscribe",
            // Clients load a script that the server has forgotten; FLUSH, KILL and DEBUG are everybody's.
            "+eval", "+evalsha", "+eval_ro", "+evalsha_ro", "+script|load", "+script|exists",
            "+auth", "+hello", "+ping", "+echo", "+quit", "+reset", "+select|0",
            "+client|setname", "+client|setinfo", "+client|id", "+client|getname", "+client|no-evict",
            "+command",
            "+cluster|slots", "+cluster|shards", "+cluster|nodes", "+cluster|myid", "+cluster|keyslot",
            "+asking", "+readonly", "+readwrite");

    /** From 7.0 on the server itself refuses BY and GET to who may not read all keys; before, it reads them. */
    private static final List<String> SORTING = List.of("+sort", "+sort_ro");

    private static final String DISCOVERY = Names.DISCOVERY_PREFIX + "*";

    private final List<String> changes;

    /** By node or version: the same for all instances. */
    private final Map<Object, String> commands = new ConcurrentHashMap<>();

    /** @param changes {@code redis.commands} of the manifest, such as {@code -scan} */
    public AllowList(List<String> changes) {
        this.changes = changes.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }

    /**
     * @param instances whose user it is: several, where they have one on purpose
     * @return its rules on that node; what the node does not know is left out
     */
    public AclRules of(Collection<Instance> instances, AclNode node) {
        return of(instances, node.readOnlyKeys(), commands.computeIfAbsent(
                node, none -> commands(node.readOnlyKeys(), node.catalog()::knows)));
    }

    /** The same for a server that is not asked: of {@code redis.commands}, nothing is left out. */
    public AclRules of(Collection<Instance> instances, RedisVersion version) {
        return of(instances, version.readOnlyKeys(), commands.computeIfAbsent(
                version, none -> commands(version.readOnlyKeys(), version::knows)));
    }

    private AclRules of(Collection<Instance> instances, boolean readOnlyKeys, String commands) {
        Set<String> prefixes = new LinkedHashSet<>();
        instances.forEach(instance -> prefixes.addAll(instance.namespaces()));
        List<String> keys = new ArrayList<>();
        List<String> channels = new ArrayList<>();
        for (String prefix : prefixes) {
            keys.add("~" + prefix + ":*");
            channels.add("&" + prefix + ":*");
        }
        if (readOnlyKeys) {
            instances.forEach(instance -> keys.add("~" + instance.names().discoveryKey()));
        }
        keys.add(readOnlyKeys ? "%R~" + DISCOVERY : "~" + DISCOVERY);
        return new AclRules(true, login(instances), true, List.of(new Permission(commands, keys, channels)));
    }

    private static AclRules.Login login(Collection<Instance> instances) {
        for (Instance instance : instances) {
            if (instance.redisPassword().isPresent()) {
                return AclRules.Login.PASSWORD;
            }
        }
        return AclRules.Login.NOTHING;
    }

    private String commands(boolean readOnlyKeys, Predicate<String> known) {
        return Stream.of(COMMANDS.stream(), readOnlyKeys ? SORTING.stream() : Stream.<String>of(),
                        changes.stream())
                .flatMap(words -> words)
                .filter(known)
                .collect(Collectors.joining(" "));
    }

    /** Those of {@code redis.commands} that the node has never heard of. */
    public List<String> unknownTo(AclNode node) {
        return changes.stream().filter(word -> !node.catalog().knows(word)).toList();
    }
}
