package io.provision.apply;

import io.provision.journal.Journal;
import io.provision.journal.RunEntry;
import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.Failures;
import io.provision.postgres.Postgres;
import io.provision.postgres.Session;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.List;

/** Reads the journal. */
public final class History {

    private History() {}

    /**
     * @return the newest first; none where nothing was ever journaled
     * @throws ProvisionException with {@link ExitCode#REFUSED} where the login may not read it
     */
    public static List<RunEntry> runs(Postgres postgres, Journal journal) {
        try (Session session = postgres.open()) {
            session.beginReadOnly();
            if (!session.call(journal::stands)) {
                return List.of();
            }
            JournalAccess.require(session, journal);
            return session.call(journal.runs()::all);
        } catch (DatabaseFailure e) {
            throw Failures.of("reading the journal", e);
        }
    }

    /**
     * One run, with all that it sent.
     *
     * @throws ProvisionException with {@link ExitCode#USAGE} where the journal knows no such run
     */
    public static RunLog run(Postgres postgres, Journal journal, String id) {
        RunEntry entry = runs(postgres, journal).stream()
                .filter(run -> run.run().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProvisionException(
                        ExitCode.USAGE,
                        Problem.error("the journal knows no run " + id).remedy("`provision history` lists them")));
        try (Session session = postgres.open()) {
            session.beginReadOnly();
            return new RunLog(entry, session.call(c -> journal.changes().sent(c, id)));
        } catch (DatabaseFailure e) {
            throw Failures.of("reading the journal", e);
        }
    }
}
