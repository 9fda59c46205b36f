package io.provision.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.plan.Change;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.acl.AclNode;
import io.provision.plan.acl.AclRules;
import io.provision.plan.acl.Permission;
import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import io.provision.testing.TestCluster;
import io.provision.testing.TestRedis;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** A node of a cluster goes while users are set. */
@Tag("full")
@Timeout(60)
class LostServerTest {

    private static final String USER = "somebody";

    @Test
    void allOthersAreServedAndItIsNamed() {
        try (TestCluster cluster = new TestCluster(3, 0);
                RedisStore store = RedisStore.connect(RedisTarget.of(cluster.url()))) {
            List<Change> make = store.aclNodes().stream().map(LostServerTest::make).toList();
            TestRedis lost = cluster.nodes().get(0);
            lost.stop();

            ProvisionException e = assertThrows(
                    ProvisionException.class, () -> store.setUsers(make, user -> Optional.empty()));

            assertEquals(ExitCode.UNREACHABLE, e.exitCode());
            assertEquals(1, e.problems().size());
            assertTrue(e.getMessage().contains("127.0.0.1:" + lost.port()), e.getMessage());
            for (TestRedis node : cluster.nodes().subList(1, 3)) {
                try (Jedis jedis = node.connect()) {
                    assertEquals(List.of("default", USER), jedis.aclUsers());
                }
            }
        }
    }

    private static Change make(AclNode node) {
        AclUser user = new AclUser(USER, node.name(), new AclRules(
                true,
                AclRules.Login.NOTHING,
                true,
                List.of(new Permission("-@all +@string", List.of("~some:*"), List.of()))));
        return new Change("i", Optional.empty(), Optional.of(user), "there is none", List.of());
    }
}
