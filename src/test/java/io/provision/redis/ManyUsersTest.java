package io.provision.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.provision.plan.Change;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.acl.AclNode;
import io.provision.plan.acl.AclRules;
import io.provision.plan.acl.Permission;
import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import io.provision.testing.TestRedis;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import redis.clients.jedis.Jedis;

/** A thousand instances cost a handful of round trips: as many as ten, and one more for every 500 that are set. */
class ManyUsersTest {

    private final TestRedis server = TestRedis.shared();

    @Test
    void roundTripsGrowByTheChunksAndNotByTheUsers(TestReporter reporter) {
        long forTen = roundTrips(10);
        long forThousand = roundTrips(1_000);

        reporter.publishEntry("looking, setting, looking, dropping", "%d round trips for 10 users, %d for 1000"
                .formatted(forTen, forThousand));
        // Set and dropped: twice one chunk more. Looks overlap, and are one.
        assertEquals(forTen + 2, forThousand);
    }

    @Test
    void soDoThoseOfTheirPasswords(TestReporter reporter) {
        long forTen = roundTripsOfPasswords(10);
        long forThousand = roundTripsOfPasswords(1_000);

        reporter.publishEntry("looking at passwords, adding one each, leaving that alone",
                "%d round trips for 10 users, %d for 1000".formatted(forTen, forThousand));
        assertEquals(forTen + 2, forThousand);
    }

    @Test
    void whoIsRefusedALookCanGoOnAskingOtherThings() {
        List<AclUser> users = IntStream.range(0, 3 * AclPipeline.CHUNK).mapToObj(ManyUsersTest::user).toList();
        TestRedis own = TestRedis.with(Map.of());
        try (Jedis jedis = own.connect()) {
            jedis.aclSetUser("blind", "on", ">dark", "~*", "+@all", "-acl|getuser");
            jedis.set("one", "1");
        }
        String url = own.url().replace("default:" + own.password(), "blind:dark");

        try (RedisStore store = RedisStore.connect(RedisTarget.of(url))) {
            ProvisionException refused = assertThrows(ProvisionException.class, () -> store.users(users));

            assertEquals(ExitCode.REFUSED, refused.exitCode());
            assertEquals(1, store.survey(List.of("one"), 10).scanned());
        }
        own.stop();
    }

    /** So many as one server sets in one round trip: the other one is not asked for each of them twice. */
    @Test
    void onSeveralServersEachIsAskedForAUserOnce() {
        TestRedis master = TestRedis.with(Map.of("repl-diskless-sync-delay", "0", "shutdown-timeout", "0"));
        TestRedis replica = TestRedis.with(Map.of());
        try (Jedis jedis = replica.connect()) {
            jedis.aclSetUser("default", ">" + master.password());
        }
        replica.replicating(master);

        assertEquals(roundTripsOfSetting(master, 10), roundTripsOfSetting(master, AclPipeline.CHUNK));
        replica.stop();
        master.stop();
    }

    private static long roundTripsOfSetting(TestRedis master, int count) {
        try (RedisStore store = RedisStore.connect(RedisTarget.of(master.url()))) {
            List<AclUser> users = store.aclNodes().stream()
                    .flatMap(node -> IntStream.range(0, count).mapToObj(number -> user(number, node.name())))
                    .toList();
            assertEquals(2 * count, users.size());
            long before = store.uses();
            assertEquals(
                    Map.of(),
                    store.setUsers(making(users), user -> Optional.of(PasswordHash.of("x".toCharArray()))));
            return store.uses() - before;
        }
    }

    private long roundTripsOfPasswords(int count) {
        List<AclUser> users = IntStream.range(0, count).mapToObj(ManyUsersTest::user).toList();
        PasswordHash first = PasswordHash.of("x".toCharArray());
        PasswordHash second = PasswordHash.of("y".toCharArray());
        Map<AclUser, PasswordHash> seconds = users.stream().collect(Collectors.toMap(user -> user, user -> second));
        try (RedisStore store = RedisStore.connect(RedisTarget.of(server.url()))) {
            assertEquals(Map.of(), store.setUsers(making(users), user -> Optional.of(first)));
            long before = store.uses();
            assertEquals(count, store.passwords(users).size());
            assertEquals(Map.of(), store.changePasswords(PasswordWord.ADD, seconds));
            assertEquals(Map.of(), store.changePasswords(PasswordWord.LEAVE_ALONE, seconds));
            long trips = store.uses() - before;
            assertEquals(List.of(second), store.passwords(users).get(users.get(0)));
            return trips;
        }
    }

    private static List<Change> making(List<AclUser> users) {
        return users.stream()
                .map(user -> new Change("i", Optional.empty(), Optional.of(user), "there is none", List.of()))
                .toList();
    }

    private long roundTrips(int count) {
        List<AclUser> users = IntStream.range(0, count).mapToObj(ManyUsersTest::user).toList();
        List<Change> make = making(users);
        try (RedisStore store = RedisStore.connect(RedisTarget.of(server.url()))) {
            long before = store.uses();
            store.aclNodes();
            assertEquals(0, store.users(users).size());
            assertEquals(Map.of(), store.setUsers(make, user -> Optional.of(PasswordHash.of("x".toCharArray()))));
            assertEquals(count, store.users(users).size());
            assertEquals(count + 1, store.everybody().get(0).rules().size());
            assertEquals(Map.of(), store.setUsers(
                    make.stream().map(Change::inverse).toList(), user -> Optional.empty()));
            return store.uses() - before;
        }
    }

    private static AclUser user(int number) {
        return user(number, AclNode.NAMED);
    }

    private static AclUser user(int number, String node) {
        return new AclUser("many-" + number, node, new AclRules(
                true,
                AclRules.Login.PASSWORD,
                true,
                List.of(new Permission("-@all +@string", List.of("~many:" + number + ":*"), List.of()))));
    }
}
