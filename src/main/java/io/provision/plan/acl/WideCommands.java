package io.provision.plan.acl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Commands that no pattern of keys or channels holds back: who may use one gets at what is everybody's. The worst come
 * first.
 */
public final class WideCommands {

    private static final Map<String, String> EFFECTS = table("""
            acl|setuser: gives itself and others whatever it likes
            acl|load: replaces everybody's rules
            acl|deluser: deletes users
            monitor: sees every command of everybody, with its values
            sync: copies all keys
            psync: copies all keys
            replicaof: makes the server a copy of another
            slaveof: makes the server a copy of another
            failover: takes the server's place away
            module|load: runs code of its own in the server
            module|loadex: runs code of its own in the server
            module|unload: takes code out of the server
            debug: does anything to the server
            config|set: changes the server's settings
            config|get: reads the server's settings, passwords among them
            config|rewrite: writes the server's settings down
            flushall: deletes every key
            flushdb: deletes every key of a database
            swapdb: exchanges everybody's keys for those of another database
            shutdown: stops the server
            function|load: replaces functions that others call
            function|restore: replaces functions that others call
            function|delete: deletes functions that others call
            function|flush: deletes functions that others call
            function|dump: reads functions that others load
            function|list: reads functions that others load
            function|kill: ends functions that others call
            script|flush: deletes scripts that others call
            script|kill: ends scripts that others call
            script|debug: stops the server for a debugger
            client|tracking: is told of every key that anybody changes
            client|kill: ends others' connections
            client|pause: holds up others' commands
            client|unblock: ends others' waiting
            client|list: shows others' connections
            slowlog|get: shows others' commands, with their values
            commandlog|get: shows others' commands, with their values
            acl|getuser: shows the hashes of others' passwords
            acl|list: shows the hashes of others' passwords
            acl|log: shows others' commands
            cluster|reset: takes the server out of its cluster
            cluster|forget: takes servers out of the cluster
            cluster|meet: takes servers into the cluster
            cluster|getkeysinslot: shows the names of others' keys
            keys: shows the names of others' keys
            randomkey: shows the names of others' keys
            scan: shows the names of others' keys
            pubsub|channels: shows the names of others' channels
            pubsub|shardchannels: shows the names of others' channels
            """);

    /** What the server calls dangerous, and gets at nothing of anybody's. */
    private static final Set<String> HARMLESS = Set.of(
            "acl|dryrun", "acl|save", "acl|users", "bgrewriteaof", "bgsave", "client|no-evict", "client|unpause",
            "cluster|count-failure-reports", "cluster|links", "cluster|replicas", "cluster|slaves", "config|resetstat",
            "info", "lastsave", "latency|doctor", "latency|graph", "latency|histogram", "latency|history",
            "latency|latest", "latency|reset", "module|list", "pfselftest", "replconf", "role", "save",
            "slowlog|len", "slowlog|reset", "commandlog|len", "commandlog|reset");

    /** Of CLUSTER, what 7.0 and later call dangerous; before, the server calls all of CLUSTER so. */
    private static final Set<String> DANGEROUS_BEFORE_SEVEN = Set.of(
            "cluster|addslots", "cluster|bumpepoch", "cluster|delslots", "cluster|failover", "cluster|flushslots",
            "cluster|replicate", "cluster|saveconfig", "cluster|set-config-epoch", "cluster|setslot");

    private WideCommands() {}

    private static Map<String, String> table(String text) {
        Map<String, String> table = new LinkedHashMap<>();
        text.lines().forEach(line -> table.put(
                line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1).strip()));
        return table;
    }

    /**
     * @param allowed commands, as {@link CommandCatalog#allowed} has them
     * @return those that get at others' data, each with what it does, in the third person
     */
    public static Map<String, String> among(Collection<String> allowed, CommandCatalog catalog) {
        Map<String, String> found = new LinkedHashMap<>();
        EFFECTS.forEach((command, effect) -> {
            // Before 7.0 a container is one command.
            String container = command.split("\\|", 2)[0];
            String held = allowed.contains(command) ? command : container;
            if (allowed.contains(held)) {
                found.putIfAbsent(held, effect);
            }
            // For one first argument: DEBUG RELOAD is no command of its own.
            allowed.stream()
                    .filter(other -> other.startsWith(command + "|"))
                    .forEach(other -> found.putIfAbsent(other, effect));
        });
        List<String> others = new ArrayList<>(allowed);
        others.removeAll(found.keySet());
        for (String command : others) {
            if (CommandCatalog.container(command).equals("sort") && !catalog.hasSubcommands()) {
                found.put(command, "reads others' keys by BY and GET");
            } else if (isDangerous(command, catalog)) {
                found.put(command, "is dangerous, as the server calls it");
            }
        }
        return found;
    }

    private static boolean isDangerous(String command, CommandCatalog catalog) {
        if (!catalog.hasSubcommands() && DANGEROUS_BEFORE_SEVEN.contains(command)) {
            return true;
        }
        boolean called = catalog.isIn("dangerous", command) || catalog.isIn("admin", command);
        return called && KeyNeeds.of(command, catalog).isEmpty() && !HARMLESS.contains(command);
    }

    /** As a person writes it: {@code CLIENT KILL}. */
    public static String written(String command) {
        return command.replace('|', ' ').toUpperCase(Locale.ROOT);
    }
}
