package io.provision.plan.acl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.plan.acl.AclRules.Login;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A command that is allowed for one first argument only (before 7.0 also a subcommand) is allowed all the same. */
class FirstArgumentsTest {

    private static final CommandCatalog BEFORE_SEVEN = new CommandCatalog(Map.of(
            "read", Set.of("get", "xinfo"),
            "write", Set.of("set", "xgroup"),
            "pubsub", Set.of("publish", "subscribe"),
            "admin", Set.of("cluster", "debug", "client", "flushall"),
            "dangerous", Set.of("cluster", "debug", "client", "flushall"),
            "connection", Set.of("select", "client")));

    @Test
    void keysAreOpenToACommandOfOneFirstArgument() {
        List<PatternGrant> grants = reach("+get|b:k").keys();

        assertEquals(1, grants.size());
        assertTrue(grants.get(0).reads());
    }

    @Test
    void keysAreOpenToASubcommandBeforeTheServerKnewOfAny() {
        assertEquals(1, reach("+xinfo|stream").keys().size());
        assertEquals(1, reach("+xgroup|create").keys().size());
    }

    @Test
    void aCommandWithoutKeysOpensNone() {
        assertEquals(List.of(), reach("+select|0 +client|id +cluster|slots").keys());
    }

    @Test
    void channelsAreOpenToACommandOfOneFirstArgument() {
        assertTrue(reach("+publish|b:x").channels().get(0).writes());
        assertTrue(reach("+subscribe|b:x").channels().get(0).reads());
    }

    @Test
    void commandsForAllAreFoundByWhatTheyBeginWith() {
        assertEquals(
                Map.of(
                        "debug|reload", "does anything to the server",
                        "flushall|async", "deletes every key",
                        "cluster|setslot", "is dangerous, as the server calls it"),
                wide("+debug|reload +flushall|async +cluster|setslot"));
    }

    @Test
    void whatEveryInstanceMayIsNotAmongThem() {
        assertEquals(Map.of(), wide("+select|0 +client|setname +client|id +cluster|slots +cluster|nodes"));
    }

    private static UserReach reach(String commands) {
        Permission root = new Permission(commands, List.of("~b:*"), List.of("&b:*"));
        return new UserReach(new AclRules(true, Login.PASSWORD, true, List.of(root)), BEFORE_SEVEN);
    }

    private static Map<String, String> wide(String commands) {
        return WideCommands.among(BEFORE_SEVEN.allowed(commands), BEFORE_SEVEN);
    }
}
