package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** A run was killed: which Redis users it set or dropped, any machine can ask; none asks where users are left out. */
@Timeout(60)
class UsersOfKilledRunsTest {

    private static final String USER = "exchange-okxNN-adapter";

    private static final String MANIFEST = """
            services: {exchange-simulator: {volumes: {dirs: []}}}
            instances: {exchange-okxNN: {service: exchange-simulator}}
            """;

    @TempDir
    private Path folder;

    private final TestRedis server = TestRedis.shared();

    @AutoClose
    private final Jedis redis = server.connect();

    private TestEcosystem ecosystem;

    /** The journal has an init, and a rollback of it; nothing stands. */
    @BeforeEach
    void anInitAndARollback() {
        ecosystem = TestEcosystem.in(folder).manifest(MANIFEST);
        ecosystem.init();
        ecosystem.run("rollback", "--yes");
    }

    @Test
    void planDoesNotCallThemDriftWhereRedisIsLeftOutAndSaysWhoFindsOut() {
        ecosystem.killedLike("init", "here");
        ecosystem.init("--only", "postgres");

        Ran plan = ecosystem.run("plan", "--only", "postgres", "--detailed-exitcode");
        Ran init = ecosystem.init("--only", "postgres");
        Ran rollback = ecosystem.run("rollback", "--only", "postgres", "--yes");

        String note = ecosystem.numbered("run killed on here has not ended exchange-okxNN; which Redis users it set is"
                + " not asked here: the next `init` or `rollback` that includes them finds out");
        assertEquals(0, plan.exitCode(), plan::toString);
        assertTrue(plan.out().contains(note), plan::toString);
        assertTrue(init.out().contains("nothing to do"), init::toString);
        assertTrue(init.err().contains(note), init::toString);
        assertEquals(0, rollback.exitCode(), rollback::toString);
        assertTrue(rollback.out().contains(note), rollback::toString);
        assertEquals(List.of(), outcomesOfTheKilledRun());
    }

    @Test
    void theNextRunWithRedisFindsOut() {
        ecosystem.killedLike("init", "here");
        ecosystem.init("--only", "postgres");

        ecosystem.init();

        assertEquals(List.of("recovered"), outcomesOfTheKilledRun());
        ecosystem.assertNothingToDo();
    }

    @Test
    void whereAclIsOffNobodyIsAsked() {
        TestRedis managed = TestRedis.with(Map.of("rename-command ACL", ""));
        ecosystem.killedLike("init", "here");
        ecosystem.redis(managed.url()).redisSettings("acl: off").manifest(MANIFEST);

        ecosystem.init();
        Ran plan = ecosystem.run("plan", "--detailed-exitcode");
        Ran rollback = ecosystem.run("rollback", "--yes");

        assertEquals(0, plan.exitCode(), plan::toString);
        assertTrue(plan.out().contains("which Redis users it set is not asked here"), plan::toString);
        assertEquals(0, rollback.exitCode(), rollback::toString);
        managed.stop();
    }

    @Test
    void whoOnlyLooksNeedsNoRightToSetThem() {
        ecosystem.init();
        ecosystem.killedLike("init", "here");
        redis.aclSetUser("looker", "on", ">looks-only", "~*", "+@all", "-acl|setuser", "-acl|deluser");
        String looker = server.url().replaceFirst("//.*@", "//looker:looks-only@");

        Ran status = ecosystem.run("status", "--redis-url", looker);
        Ran verify = ecosystem.run("verify", "--redis-url", looker);
        redis.aclDelUser("looker");

        assertEquals(0, status.exitCode(), status::toString);
        assertTrue(status.out().contains("healthy"), status::toString);
        assertEquals(0, verify.exitCode(), verify::toString);
    }

    @Test
    void whereAclIsOffRollbackKeepsUsersThatStoodBeforeAndSaysSo() {
        ecosystem.init();
        List<String> made = redis.aclList();
        ecosystem.redisSettings("acl: off").manifest(MANIFEST);

        Ran rollback = ecosystem.rollback();

        assertTrue(rollback.out().contains("kept: acl user " + ecosystem.numbered(USER)), rollback::toString);
        assertTrue(rollback.out().contains("`redis.acl: off` leaves Redis users alone"), rollback::toString);
        assertEquals(made, redis.aclList());
    }

    @Test
    void whoWasKilledOnAnotherMachineWaitsForItWithItsFoldersOnly() {
        killedThereWithFolders();
        makeUserAsTheKilledRunDid();

        Ran plan = ecosystem.run("plan", "--detailed-exitcode");
        Ran rollback = ecosystem.run("rollback", "--yes");

        assertEquals(3, plan.exitCode(), plan::toString);
        assertTrue(plan.out().contains("what it left on the disk is not seen from here"), plan::toString);
        assertEquals(0, rollback.exitCode(), rollback::toString);
        assertEquals(List.of("default"), redis.aclUsers());
        assertEquals(List.of(ecosystem.numbered("acl_user " + USER)), changesOfTheKilledRun());
        assertEquals(List.of(), outcomesOfTheKilledRun());
    }

    @Test
    void whatWasFoundOutOfTheUsersIsNotFoundOutAgain() {
        killedThereWithFolders();
        ecosystem.init();

        Ran plan = ecosystem.run("plan", "--detailed-exitcode");
        ecosystem.onHost("there").init();

        assertEquals(0, plan.exitCode(), plan::toString);
        assertTrue(plan.out().contains("what it left on the disk is not seen from here"), plan::toString);
        assertEquals(List.of("recovered"), outcomesOfTheKilledRun());
        assertFalse(changesOfTheKilledRun().contains(ecosystem.numbered("acl_user " + USER)));
        ecosystem.assertNothingToDo();
    }

    private void killedThereWithFolders() {
        ecosystem.manifest("""
                services: {exchange-simulator: {}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """).init();
        ecosystem.run("rollback", "--yes");
        ecosystem.killedLike("init", "there");
    }

    private void makeUserAsTheKilledRunDid() {
        ecosystem.init("--only", "redis");
    }

    private List<String> outcomesOfTheKilledRun() {
        return ecosystem.query("SELECT DISTINCT outcome FROM provision.intent_outcomes WHERE run = 'killed'");
    }

    private List<String> changesOfTheKilledRun() {
        return ecosystem.query("SELECT kind || ' ' || target FROM provision.changes WHERE run = 'killed' ORDER BY id");
    }
}
