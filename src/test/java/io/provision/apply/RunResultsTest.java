package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.plan.Change;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunResultsTest {

    @Test
    void whatSeveralSessionsWereToldIsOneFailure() {
        RunResults results = new RunResults();
        for (int session = 1; session <= 2; session++) {
            results.failed(
                    Change.SHARED,
                    new ProvisionException(ExitCode.UNREACHABLE, Problem.error("PostgreSQL cannot be used")),
                    true);
        }

        Outcome outcome = results.outcome(Optional.empty(), false);

        assertEquals(1, outcome.failed().size());
    }
}
