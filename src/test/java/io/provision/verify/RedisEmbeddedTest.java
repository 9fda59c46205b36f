package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.manifest.Manifest;
import io.provision.manifest.ManifestReader;
import io.provision.manifest.Reading;
import io.provision.redis.RedisServers;
import io.provision.redis.RedisStore;
import io.provision.redis.TlsFiles;
import io.provision.testing.TestRedis;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the tool's own server, which is for trying things out, an open door of that server's is a warning. */
class RedisEmbeddedTest {

    @TempDir
    private Path folder;

    @Test
    void aDefaultUserWithoutAPasswordIsABreachOnlyOnARealServer() {
        VerifiedRedis redis = VerifiedRedis.on(TestRedis.sharedWithoutPassword(), folder);

        Verdict embedded = verdict(true, redis);
        Verdict real = verdict(false, redis);

        assertTrue(embedded.ok(), embedded::toString);
        assertTrue(embedded.warnings().get(0).startsWith("everybody can be default, which has no password and may"));
        assertEquals(List.of("* *"), real.breaches().stream().map(b -> b.from() + " " + b.to()).toList());
    }

    private Verdict verdict(boolean embedded, VerifiedRedis redis) {
        Reading.Read read = (Reading.Read) ManifestReader.read(List.of(folder.resolve("instances.yaml")), Map.of());
        Manifest manifest = read.manifest();
        Verification verification = new Verification(manifest, manifest.instances());
        try (RedisStore store = RedisStore.connect(RedisServers.of(List.of(redis.server().url()), TlsFiles.NONE))) {
            verification.add(verification.redisIsolation(store, embedded, Probe.SAMPLE));
        }
        return verification.verdict();
    }
}
