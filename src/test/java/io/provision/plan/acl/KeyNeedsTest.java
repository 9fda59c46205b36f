package io.provision.plan.acl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.plan.acl.KeyNeeds.Need;
import io.provision.testing.TestRedis;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.util.SafeEncoder;

/** The table is held against what a server says of its own commands. */
class KeyNeedsTest {

    /** They need less where an argument is missing, or more where one is there: both are in the table. */
    private static final Set<String> BY_ARGUMENT = Set.of("set", "bitfield");

    @Test
    void ofEveryCommandItSaysWhatTheServerDoes() {
        try (Jedis jedis = TestRedis.shared().connect()) {
            CommandCatalog catalog = catalog(jedis);
            Map<String, Set<Need>> told = new TreeMap<>();
            ((List<?>) jedis.sendCommand(Protocol.Command.COMMAND)).forEach(command -> read((List<?>) command, told));
            Map<String, Set<Need>> known = new TreeMap<>();
            told.keySet().forEach(command -> known.put(command, KeyNeeds.of(command, catalog)));
            BY_ARGUMENT.forEach(command -> assertTrue(known.remove(command).containsAll(told.remove(command))));

            assertTrue(told.size() > 200);
            assertEquals(told, known);
        }
    }

    private static CommandCatalog catalog(Jedis jedis) {
        Map<String, Set<String>> categories = new TreeMap<>();
        jedis.aclCat().forEach(category -> categories.put(category, new HashSet<>(jedis.aclCat(category))));
        return new CommandCatalog(categories);
    }

    /** {@code COMMAND}: a name, five numbers and lists, categories, tips, key specifications, subcommands. */
    private static void read(List<?> command, Map<String, Set<Need>> told) {
        List<?> subcommands = (List<?>) command.get(9);
        if (!subcommands.isEmpty()) {
            subcommands.forEach(subcommand -> read((List<?>) subcommand, told));
            return;
        }
        Set<Need> needs = EnumSet.noneOf(Need.class);
        for (Object key : (List<?>) command.get(8)) {
            List<String> flags = flags((List<?>) key);
            if (!flags.contains("not_key")) {
                needs.add(need(flags));
            }
        }
        told.put(text(command.get(0)), needs);
    }

    private static Need need(List<String> flags) {
        boolean reads = flags.contains("access");
        boolean writes = flags.contains("insert") || flags.contains("update") || flags.contains("delete");
        return reads && writes ? Need.BOTH : reads ? Need.READ : writes ? Need.WRITE : Need.MATCH;
    }

    private static List<String> flags(List<?> key) {
        List<String> flags = new ArrayList<>();
        List<?> told = (List<?>) key.get(key.indexOf(flagsName(key)) + 1);
        told.forEach(flag -> flags.add(text(flag).toLowerCase(Locale.ROOT)));
        return flags;
    }

    private static Object flagsName(List<?> key) {
        return key.stream().filter(field -> field instanceof byte[] && text(field).equals("flags")).findFirst()
                .orElseThrow();
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? SafeEncoder.encode(bytes) : value.toString();
    }
}
