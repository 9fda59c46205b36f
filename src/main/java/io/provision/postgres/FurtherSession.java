package io.provision.postgres;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A session beside others of the same run: there may be none for it, and then nobody waits for long. */
public final class FurtherSession {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    /** Of what is not needed any more: a login that is only slow comes by then, and no pool is blamed. */
    private static final Duration LEAST_WAIT = Duration.ofSeconds(5);

    private static final long BETWEEN_LOOKS_MILLIS = 50;

    private final Postgres postgres;
    private final Duration patience;
    private final CompletableFuture<Session> login = new CompletableFuture<>();

    /** Where it is tried again, and the answer takes its time: no pool is blamed for what the server said. */
    private volatile Optional<ProvisionException> refusal = Optional.empty();

    private FurtherSession(Postgres postgres, Duration patience) {
        this.postgres = postgres;
        this.patience = patience;
    }

    /**
     * @param timeout that of the run
     * @return how long it is waited for: a fraction of a minute is enough for a pool that is only busy
     */
    static Duration patience(Duration timeout) {
        return Duration.ofSeconds(Math.max(1, Math.min(timeout.toSeconds(), LONGEST_WAIT.toSeconds())));
    }

    /**
     * @param timeout that of the run
     * @param needless whether there is nothing left to do for it: others of the run would only wait for this one
     * @throws ProvisionException with {@link ExitCode#UNREACHABLE} that says why there is none
     */
    public static Session open(Postgres postgres, Duration timeout, BooleanSupplier needless) {
        FurtherSession further = new FurtherSession(postgres, patience(timeout));
        Thread thread = new Thread(further::logIn, "provision-login");
        thread.setDaemon(true);
        thread.start();
        return further.await(needless);
    }

    /** What comes when nobody waits for it any more goes at once. */
    private void logIn() {
        try {
            Session session = postgres.openAnother(patience, e -> refusal = Optional.of(e))
                    .orElseThrow(() -> none("within %d s".formatted(patience.toSeconds())));
            if (!login.complete(session)) {
                session.close();
            }
        } catch (RuntimeException | Error e) {
            login.completeExceptionally(e);
        }
    }

    private Session await(BooleanSupplier needless) {
        long least = System.nanoTime() + LEAST_WAIT.toNanos();
        while (true) {
            try {
                return login.get(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (System.nanoTime() - least > 0 && needless.getAsBoolean()) {
                    login.completeExceptionally(refusal.orElseGet(() -> none("before the work was done")));
                }
            } catch (ExecutionException e) {
                throw cause(e);
            } catch (InterruptedException e) {
                login.completeExceptionally(e);
                Thread.currentThread().interrupt();
                throw Failures.interrupted("a connection was waited for");
            }
        }
    }

    private static RuntimeException cause(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
    }

    private ProvisionException none(String when) {
        return new ProvisionException(
                ExitCode.UNREACHABLE,
                Problem.error(("PostgreSQL at %s: no further connection came %s: a pool between here and the server has"
                                + " none for it")
                                .formatted(postgres.target(), when))
                        .remedy("give the pool more (`pool_size` in PgBouncer), or ask for fewer with `--parallel`"));
    }
}
