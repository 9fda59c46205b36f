package io.provision.apply;

import io.provision.journal.Journal;
import io.provision.postgres.Session;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;

/** What the login can see of the journal. */
enum JournalAccess {
    ABSENT,
    UNREADABLE,
    READABLE;

    static JournalAccess of(Session session, Journal journal) {
        if (!session.call(journal::stands)) {
            return ABSENT;
        }
        return session.call(journal::readable) ? READABLE : UNREADABLE;
    }

    /** @throws ProvisionException with {@link ExitCode#REFUSED} where it stands, and may not be read */
    static void require(Session session, Journal journal) {
        if (!session.call(journal::readable)) {
            throw new ProvisionException(
                    ExitCode.REFUSED,
                    Problem.error("the login may not read the journal in the schema " + journal.schemaName())
                            .remedy("let its owner GRANT USAGE on the schema and SELECT on its tables"));
        }
    }
}
