package io.provision.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.plan.Change;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.acl.AclNode;
import io.provision.plan.acl.AclRules;
import io.provision.plan.acl.Permission;
import io.provision.testing.TestRedis;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** A thousand instances cost a handful of round trips: as many as ten, and one more for every further 500. */
class ManyUsersTest {

    private final TestRedis server = TestRedis.shared();

    @Test
    void roundTripsGrowByTheChunksAndNotByTheUsers(TestReporter reporter) {
        long forTen = roundTrips(10);
        long forThousand = roundTrips(1_000);

        reporter.publishEntry("looking, setting, looking, dropping", "%d round trips for 10 users, %d for 1000"
                .formatted(forTen, forThousand));
        // Looked at twice, set, asked for what they lose, dropped: five times one chunk more. All users are one more
        // than a thousand: two chunks more.
        assertEquals(forTen + 7, forThousand);
    }

    private long roundTrips(int count) {
        List<AclUser> users = IntStream.range(0, count).mapToObj(ManyUsersTest::user).toList();
        List<Change> make = users.stream()
                .map(user -> new Change("i", Optional.empty(), Optional.of(user), "there is none", List.of()))
                .toList();
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
        return new AclUser("many-" + number, AclNode.NAMED, new AclRules(
                true,
                AclRules.Login.PASSWORD,
                true,
                List.of(new Permission("-@all +@string", List.of("~many:" + number + ":*"), List.of()))));
    }
}
