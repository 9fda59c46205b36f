package io.provision.journal;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.List;

/** Refuses what a newer version of the tool has journaled: undone by the rules of this one, it might be lost. */
final class NewerJournal {

    /** In characters. */
    private static final int LONGEST_SHOWN = 300;

    private NewerJournal() {}

    /** @param mark the comment on the journal's schema */
    static ProvisionException marked(String schema, String mark) {
        return new ProvisionException(ExitCode.REFUSED, problem(
                "the journal in the schema %s was written by a newer version of provision (it is marked `%s`)"
                        .formatted(schema, mark)));
    }

    static ProvisionException holding(String json, Exception cause) {
        return new ProvisionException(ExitCode.REFUSED, List.of(problem(
                "the journal holds what a newer version of provision has written: " + shortened(json))), cause);
    }

    /** What a run meant to do may be megabytes. */
    private static String shortened(String json) {
        return json.length() <= LONGEST_SHOWN ? json : json.substring(0, LONGEST_SHOWN) + "…";
    }

    private static Problem problem(String what) {
        return Problem.error(what + ", whose rules this one does not know; nothing was done")
                .remedy("run that version, or a later one; `provision history` of it tells which run was whose");
    }
}
