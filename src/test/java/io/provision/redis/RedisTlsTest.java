package io.provision.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import io.provision.testing.TestRedis;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisTlsTest {

    @TempDir
    static Path folder;

    private static TestCertificate certificate;
    private static TestRedis server;
    private static String url;

    @BeforeAll
    static void anEncryptedServerThatWantsACertificate() throws Exception {
        certificate = TestCertificate.forSubject("ip:127.0.0.1", "EC", folder);
        int port = freePort();
        server = TestRedis.with(Map.of(
                "tls-port", Integer.toString(port),
                "tls-cert-file", certificate.cert().toString(),
                "tls-key-file", certificate.key().toString(),
                "tls-ca-cert-file", certificate.cert().toString()));
        url = "rediss://%s@127.0.0.1:%d".formatted(URI.create(server.url()).getRawUserInfo(), port);
    }

    @Test
    void withAllThreeFilesTheServerIsReached() {
        TlsFiles files = new TlsFiles(
                Optional.of(certificate.cert()), Optional.of(certificate.cert()), Optional.of(certificate.key()));

        try (RedisStore store = RedisStore.connect(RedisServers.of(List.of(url), files))) {
            assertTrue(store.validate(List.of("audit")).get(0).succeeded());
        }
    }

    @Test
    void anAuthorityThatNobodyNamedIsNotTrusted() {
        ProvisionException e = refused(url, TlsFiles.NONE, ExitCode.UNREACHABLE);

        assertTrue(e.getMessage().contains("`redis.tls.ca` is the authority"), e.getMessage());
    }

    @Test
    void aCertificateForAnotherHostIsNotTrusted() {
        refused(url.replace("127.0.0.1", "localhost"), ca(certificate.cert()), ExitCode.UNREACHABLE);
    }

    @Test
    void aServerThatWantsACertificateRefusesWhoHasNone() {
        refused(url, ca(certificate.cert()), ExitCode.UNREACHABLE);
    }

    @Test
    void aPlainServerIsNotTakenForAnEncryptedOne() {
        // It waits for the end of a line that never comes.
        ProvisionException e = refused(
                server.url().replace("redis://", "rediss://"), ca(certificate.cert()), ExitCode.UNREACHABLE);

        assertTrue(e.getMessage().contains("check that the server speaks TLS on that port"), e.getMessage());
    }

    @Test
    void anEncryptedServerIsNotReachedInPlainText() {
        refused(url.replace("rediss://", "redis://"), TlsFiles.NONE, ExitCode.UNREACHABLE);
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("missing.pem");

        ProvisionException e = refused(url, ca(missing), ExitCode.USAGE);

        assertEquals(
                "`redis.tls.ca` cannot be used: %s: it is not there — give a PEM file that this user may read"
                        .formatted(missing),
                e.getMessage());
    }

    @Test
    void aKeyInAnOldFormIsToldHowToRewrite() throws IOException {
        Path old = Files.writeString(
                folder.resolve("old.pem"),
                Files.readString(certificate.key()).replace(" PRIVATE", " RSA PRIVATE"));

        ProvisionException e = refused(
                url,
                new TlsFiles(Optional.empty(), Optional.of(certificate.cert()), Optional.of(old)),
                ExitCode.USAGE);

        assertTrue(e.getMessage().contains("openssl pkcs8 -topk8 -nocrypt"), e.getMessage());
    }

    @Test
    void aFileWithoutACertificateIsNamed() {
        ProvisionException e = refused(url, ca(certificate.key()), ExitCode.USAGE);

        assertTrue(e.getMessage().contains("holds no certificate"), e.getMessage());
    }

    private static TlsFiles ca(Path file) {
        return new TlsFiles(Optional.of(file), Optional.empty(), Optional.empty());
    }

    private static ProvisionException refused(String url, TlsFiles files, ExitCode exitCode) {
        RedisServers target = RedisServers.of(List.of(url), files);
        ProvisionException e = assertThrows(
                ProvisionException.class, () -> RedisStore.connect(target, Duration.ofSeconds(1)).close());
        assertEquals(exitCode, e.exitCode(), e.getMessage());
        return e;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
