package io.provision.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.problem.Problem;
import io.provision.testing.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** Namespaces that are tried as the instances' own users. */
class NamespaceOwnerTest {

    private static final String PASSWORD = "made-up-pässword";
    private static final String WRONG = "another-one";
    private static final String[] ENOUGH = {"+set", "+get", "+del", "+eval"};

    private final TestRedis server = TestRedis.sharedWithoutPassword();

    @AutoClose
    private final Jedis jedis = server.connect();

    @Test
    void theKeyIsSetAndTakenAwayByTheInstancesOwnUser() {
        makeUser("audit-adapter", "audit");
        jedis.aclSetUser("asks-only", "on", ">s3cret", "+acl|getuser");

        Validation own = validateAs("asks-only", owner("audit", "audit-adapter", PASSWORD)).get(0);
        Validation login = validateAs("asks-only", owner("audit", "nobody", PASSWORD)).get(0);

        assertEquals(new Validation("audit", false, List.of()), own);
        assertFalse(login.succeeded());
        assertEquals(0, jedis.dbSize());
    }

    @Test
    void whetherAUserStandsWhomTheRunMadeIsNotAsked() {
        makeUser("audit-adapter", "audit");
        jedis.aclSetUser("asks-nothing", "on", ">s3cret");

        Validation validation = validateAs("asks-nothing", made("audit", "audit-adapter", PASSWORD)).get(0);

        assertEquals(new Validation("audit", false, List.of()), validation);
    }

    @Test
    void aUserWhomTheRunMadeAndAnotherHandChangedAtOnceIsTold() {
        makeUser("market-adapter", "market");

        Validation validation = validate(made("market", "market-adapter", WRONG)).get(0);

        assertTold(validation, "by logging in: the user has another password than the manifest knows (WRONGPASS"
                + " invalid username-password pair or user is disabled.) — a user who stands keeps the password it has:"
                + " let `redis_password` of the manifest name that one");
    }

    @Test
    void aUserWithNoRightInItsNamespaceIsToldAlone() {
        makeUser("audit-adapter", "audit");
        makeUser("market-adapter", "elsewhere");

        List<Validation> validations = validate(
                owner("market", "market-adapter", PASSWORD), owner("audit", "audit-adapter", PASSWORD));

        assertEquals(List.of("market", "audit"), validations.stream().map(Validation::namespace).toList());
        assertTold(validations.get(0), "by setting a key: the user has no right to do that there (NOPERM this user has"
                + " no permissions to access one of the keys used as arguments) — give it the right:"
                + " `ACL SETUSER market-adapter ~market:* +set +get +del +eval`");
        assertTrue(validations.get(1).succeeded());
    }

    @Test
    void aUserWhoMayNotTakeTheKeyAwayIsTold() {
        jedis.aclSetUser("market-adapter", "on", ">" + PASSWORD, "~market:*", "+set", "+get", "+eval");

        Validation validation = validate(owner("market", "market-adapter", PASSWORD)).get(0);

        String told = validation.problems().get(0).toString();
        assertTrue(told.contains("as its own user market-adapter, by taking the key away again: the user has no right"),
                told);
        assertTrue(told.endsWith("`ACL SETUSER market-adapter ~market:* +set +get +del +eval`"), told);
    }

    @Test
    void whatTheRemedySaysHelps() {
        jedis.aclSetUser("market-adapter", "on", ">" + PASSWORD);
        String remedy = validate(owner("market", "market-adapter", PASSWORD))
                .get(0).problems().get(0).remedy().orElseThrow();

        String[] rule = remedy.replaceAll(".*`ACL SETUSER market-adapter (.*)`", "$1").split(" ");
        jedis.aclSetUser("market-adapter", rule);

        assertTrue(validate(owner("market", "market-adapter", PASSWORD)).get(0).succeeded());
    }

    @Test
    void aUserWhoStandsWithAnotherPasswordIsToldAndNothingIsSetInItsNamespaceByAnyone() {
        jedis.aclSetUser("everybody", "on", ">" + PASSWORD, "~*", "+@all");
        makeUser("market-adapter", "market");

        List<Validation> validations =
                validate(owner("audit", "everybody", PASSWORD), owner("market", "market-adapter", WRONG));

        assertTrue(validations.get(0).succeeded());
        assertTold(validations.get(1), "by logging in: the user has another password than the manifest knows (WRONGPASS"
                + " invalid username-password pair or user is disabled.) — a user who stands keeps the password it has:"
                + " let `redis_password` of the manifest name that one");
        assertEquals(0, jedis.dbSize());
    }

    @Test
    void aUserWhoIsOffIsTold() {
        makeUser("market-adapter", "market");
        jedis.aclSetUser("market-adapter", "off");

        Validation validation = validate(owner("market", "market-adapter", PASSWORD)).get(0);

        assertTold(validation, "by logging in: the user is off (WRONGPASS invalid username-password pair or user is"
                + " disabled.) — switch it on with `ACL SETUSER market-adapter on`");
    }

    @Test
    void whereTheUserDoesNotStandTheLoginTries() {
        assertTrue(validate(owner("market", "market-adapter", PASSWORD)).get(0).succeeded());
    }

    @Test
    void whereTheLoginMayNotAskWhoStandsItTriesItself() {
        makeUser("market-adapter", "elsewhere");
        jedis.aclSetUser("may-not-ask", "on", ">s3cret", "~*", "+@all", "-@admin");

        assertTrue(validateAs("may-not-ask", owner("market", "market-adapter", PASSWORD)).get(0).succeeded());
    }

    @Test
    void aKeyOfThatNameThatStoodBeforeIsNotTouched() {
        makeUser("audit-adapter", "audit");
        jedis.set("audit:__validation__", "somebody's");

        Validation validation = validate(owner("audit", "audit-adapter", PASSWORD)).get(0);

        assertEquals(new Validation("audit", true, List.of()), validation);
        assertEquals("somebody's", jedis.get("audit:__validation__"));
        assertEquals(1, jedis.dbSize());
    }

    @Test
    void aNamespaceOfTwoIsTriedAsEachOfThem() {
        makeUser("first", "shared");
        makeUser("second", "elsewhere");

        List<Validation> validations =
                validate(owner("shared", "first", PASSWORD), owner("shared", "second", PASSWORD));

        assertEquals(1, validations.size());
        assertEquals(1, validations.get(0).problems().size());
        assertTrue(validations.get(0).problems().get(0).message().contains("as its own user second, by setting a key"));
        assertEquals(0, jedis.dbSize());
    }

    @Test
    void theDatabaseIsTheUrlsForThemToo() {
        makeUser("audit-adapter", "audit");
        jedis.select(3);
        jedis.set("audit:__validation__", "somebody's");

        Validation validation =
                validateAt(server.url() + "/3", owner("audit", "audit-adapter", PASSWORD)).get(0);

        assertTrue(validation.otherKeyStood());
    }

    @Test
    void aThousandUsersCostOneConnectionAndAHandfulOfRoundTrips() {
        NamespaceOwner[] owners = IntStream.range(0, 1_000)
                .mapToObj(i -> owner("exchange:%04d".formatted(i), "exchange-%04d".formatted(i), PASSWORD))
                .toArray(NamespaceOwner[]::new);
        try (Pipeline pipeline = jedis.pipelined()) {
            for (NamespaceOwner owner : owners) {
                pipeline.set(owner.namespace() + "0:other", "");
            }
        }
        for (NamespaceOwner owner : owners) {
            makeUser(owner.user(), owner.namespace());
        }
        long connectionsBefore = statistic("total_connections_received");
        long readsBefore = statistic("total_reads_processed");

        List<Validation> validations = validate(owners);

        assertTrue(validations.stream().allMatch(Validation::succeeded), validations::toString);
        assertEquals(2, statistic("total_connections_received") - connectionsBefore);
        // The server reads 16 KiB at a time: some thirty reads for what is sent in four goes, thousands otherwise.
        long reads = statistic("total_reads_processed") - readsBefore;
        assertTrue(reads < 150, "reads: " + reads);
        assertEquals(1_000, jedis.dbSize());
    }

    @Test
    void whereNoneStandsThereIsNoSecondConnection() {
        long before = statistic("total_connections_received");

        validate(owner("market", "market-adapter", PASSWORD));

        assertEquals(1, statistic("total_connections_received") - before);
    }

    @Test
    void aServerThatRepeatsWhatItWasSentDoesNotMakeUsTellIt(@TempDir Path folder) throws IOException {
        Path settings = Files.writeString(folder.resolve("more.conf"), "rename-command AUTH LOGON\n");
        TestRedis strange = TestRedis.with(Map.of("include", settings.toString(), "requirepass", ""));
        String url = "redis://127.0.0.1:" + strange.port();
        try (Jedis admin = new Jedis("127.0.0.1", strange.port())) {
            admin.aclSetUser("market-adapter", "on", ">" + PASSWORD, "~market:*", "+@all");
        }

        Validation validation = validateAt(url, owner("market", "market-adapter", PASSWORD)).get(0);

        assertEquals(
                ("Validating the namespace market at %s as its own user market-adapter, by logging in: the server says:"
                                + " ERR — look into the server's log")
                        .formatted(url),
                validation.problems().get(0).toString());
        strange.stop();
    }

    @Test
    void itsTextHasNoPasswordAndWipedItHasNoneAtAll() {
        NamespaceOwner owner = owner("audit", "audit-adapter", "abc");

        assertEquals("audit-adapter of audit", owner.toString());
        assertEquals("no *** here", owner.withoutPassword("no abc here"));
        owner.wipe();
        assertArrayEquals(new char[3], owner.password());
    }

    private void assertTold(Validation validation, String how) {
        assertEquals(
                List.of("Validating the namespace %s at redis://127.0.0.1:%d as its own user %s-adapter, %s"
                        .formatted(validation.namespace(), server.port(), validation.namespace(), how)),
                validation.problems().stream().map(Problem::toString).toList());
    }

    private void makeUser(String name, String namespace) {
        jedis.aclSetUser(name, "on", ">" + PASSWORD, "~" + namespace + ":*");
        jedis.aclSetUser(name, ENOUGH);
    }

    private static NamespaceOwner owner(String namespace, String user, String password) {
        return new NamespaceOwner(namespace, user, password.toCharArray());
    }

    private static NamespaceOwner made(String namespace, String user, String password) {
        return new NamespaceOwner(namespace, user, password.toCharArray(), true, true);
    }

    private List<Validation> validate(NamespaceOwner... owners) {
        return validateAt(server.url(), owners);
    }

    private List<Validation> validateAs(String login, NamespaceOwner... owners) {
        return validateAt("redis://%s:s3cret@127.0.0.1:%d".formatted(login, server.port()), owners);
    }

    private static List<Validation> validateAt(String url, NamespaceOwner... owners) {
        List<NamespaceOwner> all = List.of(owners);
        try (RedisStore store = RedisStore.connect(RedisTarget.of(url))) {
            return store.validate(all.stream().map(NamespaceOwner::namespace).toList(), all);
        }
    }

    private long statistic(String name) {
        return jedis.info("stats").lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1).strip()))
                .sum();
    }
}
