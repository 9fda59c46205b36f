package io.provision.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.problem.Problem;
import io.provision.testing.TestRedis;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

class NamespaceValidatorTest {

    private final TestRedis server = TestRedis.sharedWithoutPassword();

    @AutoClose
    private final Jedis jedis = server.connect();

    @Test
    void aNamespaceThatTakesAKeyIsValidAndNoKeyIsLeft() {
        List<Validation> validations = validate("exchange:OKX", "audit");

        assertEquals(
                List.of(
                        new Validation("exchange:OKX", false, List.of()), new Validation("audit", false, List.of())),
                validations);
        assertEquals(0, jedis.dbSize());
    }

    @Test
    void theKeyIsSetWithAnExpiryAndOnlyWhereNoneStands() {
        jedis.configSet("slowlog-log-slower-than", "0");
        jedis.slowlogReset();

        validate("exchange:OKX");

        jedis.configSet("slowlog-log-slower-than", "10000");
        List<String> set = jedis.slowlogGet(100).stream()
                .map(entry -> entry.getArgs())
                .filter(command -> command.get(0).equals("SET"))
                .findFirst()
                .orElseThrow();
        assertEquals("exchange:OKX:__validation__", set.get(1));
        assertEquals("NX PX 10000", String.join(" ", set.subList(3, 6)).toUpperCase(Locale.ROOT));
    }

    @Test
    void aKeyOfThatNameThatStoodBeforeIsNotTouched() {
        jedis.set("audit:__validation__", "somebody's", SetParams.setParams().px(500_000));
        jedis.hset("market:__validation__", "field", "somebody's");

        List<Validation> validations = validate("audit", "market");

        assertEquals(
                List.of(new Validation("audit", true, List.of()), new Validation("market", true, List.of())),
                validations);
        assertEquals("somebody's", jedis.get("audit:__validation__"));
        long left = jedis.pttl("audit:__validation__");
        assertTrue(left > NamespaceValidator.EXPIRY_MILLIS && left <= 500_000, "left: " + left);
        assertEquals(Map.of("field", "somebody's"), jedis.hgetAll("market:__validation__"));
        assertEquals(-1, jedis.pttl("market:__validation__"));
        assertEquals(2, jedis.dbSize());
    }

    @Test
    void aServerWithoutEvalIsLeftAsItWas() {
        TestRedis other = TestRedis.with(Map.of("rename-command EVAL", ""));
        try (Jedis admin = other.connect(); RedisStore store = RedisStore.connect(RedisTarget.of(other.url()))) {
            admin.aclSetUser("market-adapter", "on", ">pw", "~market:*", "+@all", "-acl");
            admin.set("audit:__validation__", "somebody's");

            List<Validation> validations = store.validate(
                    List.of("exchange:OKX", "audit", "market"),
                    List.of(new NamespaceOwner("market", "market-adapter", "pw".toCharArray())));

            assertEquals(
                    List.of(
                            new Validation("exchange:OKX", false, List.of()),
                            new Validation("audit", true, List.of()),
                            new Validation("market", false, List.of())),
                    validations);
            assertEquals(Set.of("audit:__validation__"), admin.keys("*"));
        } finally {
            other.stop();
        }
    }

    @Test
    void withoutEvalWhoMayNotTakeItAwaySafelyLeavesItAndIsToldWhatIsMissing() {
        TestRedis other = TestRedis.with(Map.of("rename-command EVAL", ""));
        try (Jedis admin = other.connect(); RedisStore store = RedisStore.connect(RedisTarget.of(other.url()))) {
            List<NamespaceOwner> owners = Stream.of("watch", "get", "multi", "del", "exec", "unwatch")
                    .map(name -> new NamespaceOwner(name, name, "pw".toCharArray()))
                    .toList();
            owners.forEach(owner -> admin.aclSetUser(
                    owner.user(), "on", ">pw", "~" + owner.namespace() + ":*", "+@all", "-" + owner.user()));

            List<Validation> validations =
                    store.validate(owners.stream().map(NamespaceOwner::namespace).toList(), owners);

            Set<String> left = admin.keys("*");
            assertEquals(
                    Set.of("watch", "get", "multi", "del", "exec"),
                    left.stream().map(key -> key.split(":", 2)[0]).collect(Collectors.toSet()));
            assertTrue(left.stream().mapToLong(admin::pttl)
                    .allMatch(millis -> millis > 0 && millis <= NamespaceValidator.EXPIRY_MILLIS));
            assertEquals(
                    List.of("watch +@transaction", "get +set +get +del +eval", "multi +@transaction",
                            "del +set +get +del +eval", "exec +@transaction"),
                    validations.stream()
                            .flatMap(validation -> validation.problems().stream())
                            .map(problem -> problem.toString()
                                    .replaceFirst("(?s).*to run the '(\\w+)'.*?:\\* (.*)`.*", "$1 $2"))
                            .toList());
        } finally {
            other.stop();
        }
    }

    @Test
    void aThousandNamespacesCostAHandfulOfRoundTrips() {
        List<String> namespaces =
                IntStream.range(0, 1_000).mapToObj("exchange:%04d"::formatted).toList();
        jedis.configResetStat();
        long readsBefore = statistic("total_reads_processed");

        List<Validation> validations = validate(namespaces.toArray(String[]::new));

        long reads = statistic("total_reads_processed") - readsBefore;
        assertTrue(validations.stream().allMatch(Validation::succeeded));
        assertEquals(namespaces, validations.stream().map(Validation::namespace).toList());
        assertEquals(1_000, statistic("cmdstat_set:calls"));
        assertEquals(1_000, statistic("cmdstat_eval:calls"));
        // The server reads 16 KiB at a time: some twenty reads for what is sent in two goes, two thousand otherwise.
        assertTrue(reads < 100, "reads: " + reads);
        assertEquals(0, jedis.dbSize());
    }

    @Test
    void aNamespaceThatIsNamedTwiceIsValidatedOnce() {
        assertEquals(1, validate("audit", "audit").size());
    }

    @Test
    void noNamespacesAreNoWork() {
        assertEquals(List.of(), validate());
    }

    @Test
    void whatTheLoginMayNotWriteToIsToldAloneAndWithoutItsPassword() {
        jedis.aclSetUser("narrow", "on", ">s3cret", "~audit:*", "+@all");

        List<Validation> validations = validateAs("narrow", "audit", "market");

        assertTrue(validations.get(0).succeeded());
        assertEquals(
                List.of(("Validating the namespace market at redis://narrow:***@127.0.0.1:%d, by setting a key: the"
                                + " login may not do that (NOPERM this user has no permissions to access one of the"
                                + " keys used as arguments) — log in as a user who may, such as the admin")
                        .formatted(server.port())),
                validations.get(1).problems().stream().map(Problem::toString).toList());
    }

    @Test
    void aKeyThatCannotBeTakenAwayIsToldAndRunsOutByItself() {
        jedis.aclSetUser("narrow", "on", ">s3cret", "~*", "+@all", "-eval");

        Validation validation = validateAs("narrow", "audit").get(0);

        assertFalse(validation.succeeded());
        assertTrue(
                validation.problems().get(0).message().contains("by taking the key away again: "),
                validation.toString());
        long left = jedis.pttl("audit:__validation__");
        assertTrue(left > 0 && left <= NamespaceValidator.EXPIRY_MILLIS, "left: " + left);
    }

    @Test
    void aReplicaTakesNoWritesAndIsTold() {
        TestRedis replica = TestRedis.with(Map.of("replicaof", "127.0.0.1 1"));

        Validation validation = validateAt(replica.url(), "audit").get(0);

        assertTrue(
                validation.problems().get(0).message().contains("the server is a replica, which takes no writes"),
                validation.toString());
    }

    @Test
    void aCommandThatTheServerHasUnderAnotherNameIsToldWithoutWhatWasSent() {
        TestRedis renamed = TestRedis.with(Map.of("rename-command SET", ""));

        Problem problem = validateAt(renamed.url(), "audit").get(0).problems().get(0);

        assertTrue(problem.message().endsWith("the server says: ERR unknown command 'SET'"), problem::message);
        assertEquals(
                "let the server have that command under its own name (`rename-command` in its configuration)",
                problem.remedy().orElseThrow());
    }

    @Test
    void aServerWhoseMemoryIsFullIsTold() {
        TestRedis full = TestRedis.with(Map.of("maxmemory", "1"));

        Validation validation = validateAt(full.url(), "audit").get(0);

        assertTrue(
                validation.problems().get(0).message().contains("the server's memory is full"), validation.toString());
    }

    private List<Validation> validate(String... namespaces) {
        return validateAt(server.url(), namespaces);
    }

    private List<Validation> validateAs(String user, String... namespaces) {
        return validateAt("redis://%s:s3cret@127.0.0.1:%d".formatted(user, server.port()), namespaces);
    }

    private static List<Validation> validateAt(String url, String... namespaces) {
        try (RedisStore store = RedisStore.connect(RedisTarget.of(url))) {
            return store.validate(List.of(namespaces));
        }
    }

    private long statistic(String name) {
        Pattern line = Pattern.compile(Pattern.quote(name) + "[:=](\\d+)");
        return Stream.of("stats", "commandstats")
                .map(section -> line.matcher(jedis.info(section)))
                .filter(Matcher::find)
                .map(matcher -> Long.parseLong(matcher.group(1)))
                .findFirst()
                .orElse(0L);
    }
}
