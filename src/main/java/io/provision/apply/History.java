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
            if (!session.call(journal::readable)) {
                throw new ProvisionException(
                        ExitCode.REFUSED,
                        Problem.error("the login may not read the journal in the schema " + journal.schemaName())
                                .remedy("let its owner GRANT USAGE on the schema and SELECT on its tables"));
            }
            return session.call(journal::runs);
        } catch (DatabaseFailure e) {
            throw Failures.of("reading the journal", e);
        }
    }
}
