package io.provision.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisTargetTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            redis://cache                     | cache        | 6379 | 0 | false |       |
            REDIS://cache:7000/               | cache        | 7000 | 0 | false |       |
            redis://redis_server:7000/3       | redis_server | 7000 | 3 | false |       |
            rediss://10.0.0.1                 | 10.0.0.1     | 6379 | 0 | true  |       |
            redis://[::1]:7000/1              | ::1          | 7000 | 1 | false |       |
            redis://[fe80::1%eth0]            | fe80::1%eth0 | 6379 | 0 | false |       |
            redis://:s3cret@cache             | cache        | 6379 | 0 | false |       | s3cret
            redis://admin:s3cret@cache        | cache        | 6379 | 0 | false | admin | s3cret
            redis://a%40b:p%2F%40%25%3A@cache | cache        | 6379 | 0 | false | a@b   | p/@%:
            redis://admin:a:b+c@cache         | cache        | 6379 | 0 | false | admin | a:b+c
            redis://admin:a@b@cache           | cache        | 6379 | 0 | false | admin | a@b
            redis://admin:@cache              | cache        | 6379 | 0 | false | admin | ''
            redis://@cache                    | cache        | 6379 | 0 | false |       |
            """)
    void aUrlSaysWhereTheServerIsAndHowToLogIn(
            String url, String host, int port, int database, boolean tls, String user, String password) {
        assertEquals(
                new RedisTarget(
                        host,
                        port,
                        database,
                        tls,
                        Optional.ofNullable(user),
                        Optional.ofNullable(password),
                        TlsFiles.NONE),
                RedisTarget.of(url));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            redis://cache,                      redis://cache:6379
            redis://admin:s3cret@cache/2,       redis://admin:***@cache:6379/2
            rediss://:s3cret@[::1]:7000,        rediss://:***@[::1]:7000
            """)
    void whatIsShownHasStarsForThePassword(String url, String masked) {
        assertEquals(masked, RedisTarget.of(url).masked());
        assertEquals(masked, RedisTarget.of(url).toString());
    }

    @Test
    void aVeryLongPasswordIsTaken() {
        String password = "x%41".repeat(20_000);

        assertEquals("redis://admin:***@cache:6379", RedisTarget.of("redis://admin:" + password + "@cache").masked());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s3cret                                | it has no `redis://` or `rediss://` in front
            redis:s3cret@cache                    | it has no `redis://` or `rediss://` in front
            http://:s3cret@cache                  | `http://` is not known
            redis://s3cret@cache                  | what stands before the `@` may be a user or a password
            redis://admin:s3cret/x@cache          | an `@` stands after a `/`, a `?` or a `#`
            redis://admin:s3cret#x@cache          | an `@` stands after a `/`, a `?` or a `#`
            redis://admin:s3cret%zz@cache         | a `%` in the password is not followed by two hexadecimal digits
            redis://:s3cret@                      | it names no host, or one that cannot be
            redis://:s3cret@:6379                 | it names no host, or one that cannot be
            redis://:s3cret@::1                   | it names no host, or one that cannot be
            redis://:s3cret@cache:70000           | the port is not a number up to 65535
            redis://cache:s3cret                  | the port is not a number up to 65535
            redis://:s3cret@cache/one             | the database is not a number up to 2147483647
            redis://:s3cret@cache/0?tls=1         | nothing may follow the database's number
            """)
    void whatIsWrongIsToldWithoutTheUrl(String url, String why) {
        ProvisionException e = assertThrows(ProvisionException.class, () -> RedisTarget.of(url));

        assertEquals(ExitCode.USAGE, e.exitCode());
        assertEquals(
                List.of("`redis.url` cannot be used: " + why), e.problems().stream().map(Problem::message).toList());
        assertFalse(e.getMessage().contains("s3cret"), e.getMessage());
        assertTrue(e.problems().get(0).remedy().isPresent());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            redis+sentinel://:s3cret@h1,h2/master          | redis+sentinel://:***@h1:26379,h2:26379/master
            rediss+sentinel://admin:s3cret@h1:1,[::1]/m/2  | rediss+sentinel://admin:***@h1:1,[::1]:26379/m/2
            redis://h1:7000,h2                             | redis://h1:7000,h2:6379
            """)
    void severalServersAreNamedInOneUrl(String url, String masked) {
        assertEquals(masked, RedisServers.of(List.of(url), TlsFiles.NONE).toString());
    }

    @Test
    void theNodesOfAClusterMayBeAList() {
        assertEquals(
                "rediss://admin:***@a:6379,b:7000",
                RedisServers.of(List.of("rediss://admin:x@a", "rediss://admin:x@b:7000"), TlsFiles.NONE).masked());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            redis+sentinel://:s3cret@h1,h2           | it does not say how the sentinels call the master
            redis+sentinel://:s3cret@h1/             | it does not say how the sentinels call the master
            redis+sentinel://:s3cret@h1/master/x     | the database is not a number up to 2147483647
            redis-sentinel://:s3cret@h1/master       | `redis-sentinel://` is not known
            redis://:s3cret@h1,,h2                   | it names no host, or one that cannot be
            redis://:s3cret@h1 redis://h2            | its nodes differ in login, encryption or database
            redis://:s3cret@h1 rediss://:s3cret@h2   | its nodes differ in login, encryption or database
            redis://h1 redis+sentinel://h2/master    | it is a list, and one of it is of sentinels
            """)
    void whatIsWrongWithSeveralIsToldWithoutTheUrl(String urls, String why) {
        ProvisionException e = assertThrows(
                ProvisionException.class, () -> RedisServers.of(List.of(urls.split(" ")), TlsFiles.NONE));

        assertEquals(ExitCode.USAGE, e.exitCode());
        assertEquals(
                List.of("`redis.url` cannot be used: " + why), e.problems().stream().map(Problem::message).toList());
        assertFalse(e.getMessage().contains("s3cret"), e.getMessage());
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        ProvisionException e =
                assertThrows(ProvisionException.class, () -> RedisTarget.of("redis://x@cache:none/none?x"));

        assertEquals(4, e.problems().size());
    }

    @Test
    void filesOfAnEncryptedConnectionAreNotIgnoredOnAPlainOne() {
        TlsFiles ca = new TlsFiles(Optional.of(Path.of("/ca.pem")), Optional.empty(), Optional.empty());

        ProvisionException e =
                assertThrows(ProvisionException.class, () -> RedisServers.of(List.of("redis://cache"), ca));

        assertTrue(e.getMessage().contains("the URL asks for no encryption"), e.getMessage());
    }

    @Test
    void aCertificateWithoutItsKeyIsRefused() {
        TlsFiles cert = new TlsFiles(Optional.empty(), Optional.of(Path.of("/cert.pem")), Optional.empty());

        ProvisionException e =
                assertThrows(ProvisionException.class, () -> RedisServers.of(List.of("rediss://cache"), cert));

        assertTrue(e.getMessage().contains("one of `cert` and `key` without the other"), e.getMessage());
    }
}
