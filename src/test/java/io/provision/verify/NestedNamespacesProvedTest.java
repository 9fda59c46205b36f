package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestRedis;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Namespaces that the manifest lets instances share, whole or one within another, and what is opened beside that. */
@TestInstance(Lifecycle.PER_CLASS)
class NestedNamespacesProvedTest {

    private VerifiedRedis redis;

    @BeforeAll
    void init(@TempDir Path folder) {
        TestRedis server = TestRedis.shared();
        TestEcosystem ecosystem = TestEcosystem.in(folder).redis(server.url()).manifest("""
                defaults:
                  redis_password: {generate: "secrets/{instance}"}
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator, namespace: "poolNN:okx"}
                  exchange-outerNN: {service: exchange-simulator, namespace: poolNN,
                                     shares_namespace_with: [exchange-okxNN]}
                  exchange-oneNN: {service: exchange-simulator, namespace: bookNN}
                  exchange-twoNN: {service: exchange-simulator, namespace: bookNN,
                                   shares_namespace_with: [exchange-oneNN]}
                """);
        ecosystem.init("--only", "redis");
        redis = new VerifiedRedis(ecosystem, server);
    }

    @Test
    void whatIsSharedOnPurposeIsAWarning() {
        Verified verified = redis.verify();

        assertEquals(0, verified.exitCode(), verified::toString);
        assertTrue(verified.warnings().contains(redis.written(
                "the Redis user exchange-outerNN-adapter gets at what is another instance's, as"
                        + " `shares_namespace_with` says: it may read and write the keys poolNN:okx:* (by ~poolNN:*);"
                        + " may subscribe to and publish on the channels poolNN:okx:* (by &poolNN:*)")),
                verified::toString);
    }

    @Test
    void oneNamespaceOfTwoInstancesIsOneWarning() {
        Verified verified = redis.verify();

        assertEquals(
                List.of(redis.written("the instances exchange-oneNN, exchange-twoNN share the Redis namespace bookNN,"
                        + " as `shares_namespace_with` says: each of them gets at the keys and channels of the"
                        + " others")),
                verified.warnings().stream().filter(warning -> warning.contains(" share ")).toList(),
                verified::toString);
    }

    @Test
    void allOfTheOutersKeysForTheInnerIsABreach() {
        redis.isFoundAndNamedAndClosed(new RedisBreachCase(
                "all of the outer's", "ACL SETUSER okx_user ~poolNN:*", "exchange-okxNN", "exchange-outerNN",
                "okx_user may read and write the keys poolNN:* (by ~poolNN:*)"));
    }

    @Test
    void aPatternWithinTheInnersOwnIsNeitherDriftNorABreach() {
        redis.type("ACL SETUSER okx_user ~poolNN:okx:orders:*");

        Verified verified = redis.verify();
        redis.ecosystem().init("--only", "redis");

        assertEquals(0, verified.exitCode(), verified::toString);
        assertTrue(verified.breaches().isEmpty(), verified::toString);
    }
}
