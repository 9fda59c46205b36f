package io.provision.plan.acl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.plan.acl.AclRules.Login;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules are compared by what they mean, whatever words a server has for them. */
class AclDifferenceTest {

    private static final CommandCatalog SEVEN = new CommandCatalog(Map.of(
            "read", Set.of("get", "mget", "keys"),
            "write", Set.of("set", "flushall"),
            "dangerous", Set.of("keys", "flushall", "client|kill", "client|list"),
            "connection", Set.of("client", "client|id", "client|kill", "client|list", "select", "ping")));

    private static final CommandCatalog SIX = new CommandCatalog(Map.of(
            "read", Set.of("get", "keys"),
            "connection", Set.of("client", "select")));

    @ParameterizedTest
    @CsvSource({
        "-@all +get +mget +keys,         -@all +@read",
        "+@all -@write -@connection,     -@all +keys +mget +get",
        "-@all +@read -keys,             +mget +get",
        "allcommands,                    +@all",
        "-@all +client,                  -@all +client|list +client|kill +client|id",
        "-@all +client -@dangerous,      -@all +client|id",
        "-@all +@read -@read +ping,      -@all +ping",
        "+@all nocommands +get,          -@all +get",
        "-@all +select|0 +select,        -@all +select",
        "-@all +select +select|0,        -@all +select",
        "-@all -select +select|0,        -@all +select|0",
    })
    void theseWordsMeanTheSame(String some, String others) {
        assertEquals(SEVEN.allowed(some), SEVEN.allowed(others));
        assertEquals(List.of(), new AclDifference(SEVEN).of(user(some), user(others)));
    }

    @ParameterizedTest
    @CsvSource({
        "-@all +client|id +client|list,  'client|id,client|list'",
        "-@all +client|id +client,       client",
        "-@all +client -client|id,       client",
        "-@all +client|id -client,       ''",
    })
    void aServerThatKnowsNoSubcommandsHasFirstArguments(String words, String allowed) {
        assertEquals(allowed, String.join(",", SIX.allowed(words)));
    }

    @ParameterizedTest
    @CsvSource({
        "+get, true", "+client|id, true", "-client, true", "+@read, true", "-@all, true", "+select|0, true",
        "+nothing, false", "+@nothing, false", "+client|nothing, true",
    })
    void itSaysWhichWordsAServerTakes(String word, boolean known) {
        assertEquals(known, SIX.knows(word));
    }

    @Test
    void patternsHaveNoOrderAndOneSpelling() {
        AclRules some = user("+get", List.of("~a:*", "%WR~b:*", "%r~c:*"));
        AclRules others = user("+get", List.of("%R~c:*", "~b:*", "%RW~a:*", "~a:*"));

        assertEquals(List.of(), new AclDifference(SEVEN).of(some, others));
        assertEquals(
                List.of(),
                new AclDifference(SEVEN).of(user("+get", List.of("allkeys")), user("+get", List.of("~a", "~*"))));
    }

    @Test
    void selectorsHaveNoOrderAndOneThatAllowsNothingIsNone() {
        Permission root = new Permission("+get", List.of(), List.of());
        Permission one = new Permission("-@all +get", List.of("~a"), List.of());
        Permission other = new Permission("-@all +set", List.of("~b"), List.of());
        Permission nothing = new Permission("-@all", List.of("~c"), List.of());

        assertEquals(
                List.of(),
                new AclDifference(SEVEN).of(rules(root, one, other, nothing), rules(root, other, one)));
        assertEquals(
                List.of("it lacks 1 selector"), new AclDifference(SEVEN).of(rules(root, one), rules(root, other, one)));
    }

    @Test
    void itSaysWhatOneMayAndMayNot() {
        AclRules found = new AclRules(
                false, Login.ANYTHING, false,
                List.of(new Permission("+@all -get", List.of("~*"), List.of("&*"))));
        AclRules wanted = new AclRules(
                true, Login.PASSWORD, true,
                List.of(new Permission("+get", List.of("~a:*"), List.of("&a:*"))));

        assertEquals(
                List.of(
                        "it is off",
                        "anybody may log in as it without a password",
                        "what it restores is not looked at",
                        "it may use ~*",
                        "it may use &*",
                        "it may CLIENT ID, CLIENT KILL, CLIENT LIST, FLUSHALL and 5 more",
                        "it may not GET"),
                new AclDifference(SEVEN).of(found, wanted));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "~*                | ~a:* %R~b:*   | it may use ~*",
        "~a:*              | ~*            | it may not use ~*",
        "~a:*              | ~a:b:* %R~a:c | it may use ~a:*",
        "%R~a:*            | ~a:b:*        | it may use %R~a:*; it may not use ~a:b:*",
        "%R~a:* ~a:*       | ~a:*          | ''",
        "~a:[bc]* ~a:*     | ~a:*          | ''",
        "~a[:]*            | ~a:*          | it may use ~a[:]*; it may not use ~a:*",
        "~a:?              | ~a:*          | it may not use ~a:*",
    })
    void aPatternThatAnotherTakesInIsNoDifference(String found, String wanted, String differences) {
        assertEquals(
                differences,
                String.join("; ", new AclDifference(SEVEN).of(
                        user("+get", List.of(found.split(" "))), user("+get", List.of(wanted.split(" "))))));
    }

    /** A PSUBSCRIBE is let through of the very pattern that is allowed. */
    @Test
    void aPatternOfChannelsTakesInNoOtherUnlessItIsAllOfThem() {
        AclRules one = rules(new Permission("+get", List.of(), List.of("&a:*")));
        AclRules both = rules(new Permission("+get", List.of(), List.of("&a:*", "&a:b:*")));
        AclRules all = rules(new Permission("+get", List.of(), List.of("allchannels")));

        assertEquals(List.of("it may not use &a:b:*"), new AclDifference(SEVEN).of(one, both));
        assertEquals(List.of("it may use &*"), new AclDifference(SEVEN).of(all, both));
    }

    @Test
    void whoMayUseAllOfACommandMayUseItWithOneArgument() {
        AclRules one = user("+select|0");
        AclRules all = user("+select");

        assertEquals(List.of("it may SELECT"), new AclDifference(SEVEN).of(all, one));
        assertEquals(List.of("it may not SELECT"), new AclDifference(SEVEN).of(one, all));
    }

    @Test
    void whatHasSubcommandsIsNoCommandOfItsOwn() {
        assertEquals(
                new TreeSet<>(Set.of("client|id", "client|kill", "client|list", "flushall", "get", "keys", "mget",
                        "ping", "select", "set")),
                SEVEN.commands());
    }

    private static AclRules user(String commands) {
        return user(commands, List.of());
    }

    private static AclRules user(String commands, List<String> keys) {
        return rules(new Permission(commands, keys, List.of()));
    }

    private static AclRules rules(Permission... permissions) {
        return new AclRules(true, Login.PASSWORD, true, List.of(permissions));
    }
}
