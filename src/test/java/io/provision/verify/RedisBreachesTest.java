package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestRedis;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.util.SafeEncoder;

/** Each door is opened by hand, found, named with the rule that opens it, and closed by the command that is printed. */
@TestInstance(Lifecycle.PER_CLASS)
class RedisBreachesTest {

    private VerifiedRedis redis;

    @BeforeAll
    void init(@TempDir Path folder) {
        redis = VerifiedRedis.on(TestRedis.shared(), folder);
    }

    static Stream<RedisBreachCase> cases() {
        return RedisBreachCase.all();
    }

    @Test
    void aCleanSystemHasNone() {
        redis.verify().assertClean(6);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isFoundAndNamedAndClosed(RedisBreachCase breach) {
        redis.isFoundAndNamedAndClosed(breach);
    }

    @Test
    void theServersOwnAnswerConfirmsIt() {
        List<String> confirmed = Verified.nodes(redis.verify().document().get("checks")).stream()
                .filter(check -> check.get("check").asText().equals("acl_dryrun"))
                .map(check -> check.get("detail").asText())
                .toList();

        assertEquals(3, confirmed.size());
        assertTrue(confirmed.stream().allMatch("the server's own answer is what its user's rules say (12)"::equals),
                confirmed::toString);
    }

    @Test
    void theServerIsAskedOfThoseThatAreNamed() {
        Verified verified = redis.verify(redis.written("custodian-komainuNN"));

        assertEquals(
                List.of(redis.written("custodian-komainuNN")),
                Verified.nodes(verified.document().get("checks")).stream()
                        .filter(check -> check.get("check").asText().equals("acl_dryrun"))
                        .map(check -> check.get("instance").asText())
                        .toList());
    }

    @Test
    void withConnectThePasswordThatTheManifestKnowsIsHeldAgainstTheUsers() {
        List<String> before = redis.verify("--connect").faults();
        redis.type("ACL SETUSER okx_user resetpass >another");

        Verified verified = redis.verify("--connect");

        assertEquals(List.of(), before);
        assertEquals(
                List.of(redis.written("exchange-okxNN redis_login: okx_user has another password than the manifest")),
                verified.faults(),
                verified::toString);
        redis.type("ACL SETUSER okx_user resetpass");
        redis.ecosystem().init("--only", "redis");
        assertEquals(0, redis.verify("--connect").exitCode(), () -> redis.verify("--connect").toString());
    }

    @Test
    void thatScanShowsNamesIsANote() {
        Verified verified = redis.verify();

        assertEquals(
                List.of("every instance's Redis user may SCAN, which shows the names of others' keys;"
                        + " `redis.commands: [-scan]` takes it away"),
                verified.notes());
        assertTrue(verified.ran().err().contains("note: every instance's Redis user may SCAN"), verified::toString);
    }

    @Test
    void aUserWhoIsOffIsAWrongStateAndNoBreach() {
        redis.type("ACL SETUSER okx_user off ~* +@all");

        Verified verified = redis.verify();
        redis.ecosystem().init("--only", "redis");

        assertEquals(4, verified.exitCode(), verified::toString);
        assertEquals(List.of(), verified.breaches());
        assertTrue(verified.faults().stream().anyMatch(fault -> fault.contains("it is off")), verified::toString);
    }

    @Test
    void strangersWithAPasswordAreAWarning() {
        redis.type("""
                ACL SETUSER opsNN on >theirs ~* +@all
                ACL SETUSER adminNN on >theirs-too ~other:* -@all +acl|setuser
                ACL SETUSER elsewhereNN on >theirs-three ~other:* +get +set +keys +scan +client|list +pubsub|channels
                """);

        Verified verified = redis.verify();
        redis.type("ACL DELUSER opsNN adminNN elsewhereNN");

        assertEquals(0, verified.exitCode(), verified::toString);
        assertEquals(
                List.of(redis.written("Redis users whom the manifest does not name may use what is instances' own,"
                        + " with a password of theirs: adminNN, opsNN")),
                verified.warnings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"+acl|setuser", "+monitor", "+flushall", "+flushall|async", "+replicaof", "+config|get"})
    void aStrangerWithACommandForAllIsAWarning(String command) {
        redis.type("ACL SETUSER opsNN on >theirs -@all " + command);

        Verified verified = redis.verify();
        redis.type("ACL DELUSER opsNN");

        assertEquals(0, verified.exitCode(), verified::toString);
        assertEquals(List.of(), verified.breaches());
        assertTrue(verified.warnings().toString().contains(redis.written("opsNN")), verified::toString);
    }

    /** To a server a name is bytes: one that is no text hides nobody. */
    @Test
    void aUserWhoseNameIsNoTextIsFoundAndNamedAsRedisCliTakesIt() {
        byte[] name = SafeEncoder.encode("stranger");
        name[2] = (byte) 0xff;
        name[3] = 0x1b;
        Verified verified;
        try (Jedis jedis = redis.server().connect()) {
            jedis.sendCommand(Protocol.Command.ACL, SafeEncoder.encode("SETUSER"), name, SafeEncoder.encode("on"),
                    SafeEncoder.encode("nopass"), SafeEncoder.encode(redis.written("~custodian:komainuNN:*")),
                    SafeEncoder.encode("+get"));
            verified = redis.verify();
            jedis.sendCommand(Protocol.Command.ACL, SafeEncoder.encode("DELUSER"), name);
        }

        assertEquals(1, verified.breaches().size(), verified::toString);
        assertTrue(verified.breaches().get(0).how().startsWith("everybody can be \"st\\xff\\x1bnger\", which has no"),
                verified::toString);
        assertEquals("ACL SETUSER \"st\\xff\\x1bnger\" resetpass >PASSWORD", verified.breaches().get(0).remedy());
    }

    /** Of each database the server publishes under its number what happens to keys. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "&__keyevent@3__:*            ; url: \"URL/3\"",
        "&__keyevent@7__:expired      ; url: \"URL\", service_url: \"redis://redis/7\"",
        "&__keyspace@5__:custodian:*  ; url: \"URL\", commands: [+select|5]"})
    void whatHappensToKeysOfTheDatabaseThatTheServicesUseIsSomebodys(String channels, String settings) {
        String manifest = redis.ecosystem().read("instances.yaml");
        redis.ecosystem().file("instances.yaml", manifest.replaceFirst(
                "(?m)^redis: .*$", "redis: {%s}".formatted(settings.replace("URL", redis.server().url()))));
        redis.type("ACL SETUSER strangerNN on nopass -@all +subscribe resetchannels " + channels);

        Verified verified = redis.verify();
        redis.type("ACL DELUSER strangerNN");
        redis.ecosystem().file("instances.yaml", manifest);

        assertEquals(1, verified.breaches().size(), verified::toString);
        assertTrue(verified.breaches().get(0).how().contains("(by %s)".formatted(channels)), verified::toString);
    }

    @Test
    void aPasswordOfTwoUsersIsAWarning() {
        redis.type("ACL SETUSER okx_user >the-same\nACL SETUSER custodian-komainuNN-adapter >the-same");

        Verified verified = redis.verify();
        redis.type("ACL SETUSER okx_user <the-same\nACL SETUSER custodian-komainuNN-adapter <the-same");

        assertEquals(
                List.of(redis.written("the Redis users custodian-komainuNN-adapter, okx_user have the same password:"
                        + " who knows it can be each of them")),
                verified.warnings());
    }

    @Test
    void aLoginThatMayOnlyLookProvesAllButWhatItMayNotAsk() {
        redis.type("ACL SETUSER lookerNN on >looks-only ~* +auth +ping +acl|cat +acl|users +acl|getuser +info");
        String url = redis.server().url().replaceFirst("//.*@", "//lookerNN:looks-only@");

        Verified verified = redis.verify("--redis-url", url);
        redis.type("ACL SETUSER okx_user ~custodian:*");
        Verified open = redis.verify("--redis-url", url);
        redis.type("ACL DELUSER lookerNN");
        redis.ecosystem().init("--only", "redis");

        assertEquals(0, verified.exitCode(), verified::toString);
        assertTrue(verified.warnings().stream().anyMatch(w -> w.contains("not confirmed by ACL DRYRUN: NOPERM")),
                verified::toString);
        assertEquals(4, open.exitCode(), open::toString);
        assertEquals(1, open.breaches().size(), open::toString);
    }

    @Test
    void whatTheManifestAllowsIsAWarning() {
        String manifest = redis.ecosystem().read("instances.yaml");
        redis.ecosystem().file("instances.yaml", manifest.replaceFirst(
                "(redis: .*)}", "$1, commands: [+flushall, -scan]}"));
        redis.ecosystem().init("--only", "redis");

        Verified verified = redis.verify();
        redis.ecosystem().file("instances.yaml", manifest).init("--only", "redis");

        assertEquals(0, verified.exitCode(), verified::toString);
        assertEquals(
                "every instance's Redis user may FLUSHALL, which deletes every key, as `redis.commands` says",
                verified.warnings().get(0));
        assertEquals(List.of(), verified.notes());
    }
}
