package io.provision.postgres;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.time.Duration;

/** A session beside others of the same run: there may be none for it, and then nobody waits for long. */
public final class FurtherSession {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    private FurtherSession() {}

    /**
     * @param timeout that of the run
     * @return how long it is waited for: a fraction of a minute is enough for a pool that is only busy
     */
    static Duration patience(Duration timeout) {
        return Duration.ofSeconds(Math.max(1, Math.min(timeout.toSeconds(), LONGEST_WAIT.toSeconds())));
    }

    /**
     * @param timeout that of the run
     * @throws ProvisionException with {@link ExitCode#UNREACHABLE} that says why there is none
     */
    public static Session open(Postgres postgres, Duration timeout) {
        Duration patience = patience(timeout);
        return postgres.openAnother(patience).orElseThrow(() -> new ProvisionException(
                ExitCode.UNREACHABLE,
                Problem.error(("PostgreSQL at %s: no further connection came within %d s: a pool between here and the"
                                + " server has none for it")
                                .formatted(postgres.target(), patience.toSeconds()))
                        .remedy("give the pool more (`pool_size` in PgBouncer), or ask for fewer with `--parallel`")));
    }
}
