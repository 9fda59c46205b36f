package io.provision.cli;

import io.provision.plan.Store;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;

/** Where the journal is, for commands that are nothing without it. */
final class JournalStore {

    private JournalStore() {}

    /**
     * @param why what the command does with the journal, as a sentence
     * @throws ProvisionException USAGE, where {@code --only} leaves PostgreSQL out
     */
    static void require(Invocation invocation, String why) {
        if (!invocation.options().stores().contains(Store.POSTGRES)) {
            throw new ProvisionException(
                    ExitCode.USAGE,
                    Problem.error(why).remedy("name postgres in `--only`, or leave that out"));
        }
    }
}
