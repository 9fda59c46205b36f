package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import io.provision.testing.TestPostgres;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A server that answers, and lets nobody in so, need not be started. */
class RefusedLoginTest {

    private final String url = TestPostgres.shared().superuserUrl("postgres");

    @Test
    void whoGivesNoPasswordIsToldWhereToGiveIt() {
        assertEquals("give the login its password: in `postgres.url`, PGPASSWORD or PGPASSFILE",
                remedy(url.replaceFirst(":[^:@/]+@", "@")));
    }

    @Test
    void whoGivesAnotherPasswordIsToldToCheckIt() {
        assertEquals("check the user and the password of `postgres.url`",
                remedy(url.replaceFirst(":[^:@/]+@", ":another@")));
    }

    @Test
    void whoWantsTlsOfAServerWithoutIsToldOfSslmode() {
        assertEquals("the server answers: check `sslmode` and what else `postgres.url` says of the login",
                remedy(url + "?sslmode=require"));
    }

    private static String remedy(String url) {
        PostgresTarget target = PostgresTarget.of(Optional.of(url), PostgresTarget.Tls.NONE, Map.of());
        ProvisionException e = assertThrows(
                ProvisionException.class, () -> new Postgres(target, "test", sql -> { }).open().close());
        assertEquals(ExitCode.UNREACHABLE, e.exitCode());
        return e.problems().get(0).remedy().orElseThrow();
    }
}
