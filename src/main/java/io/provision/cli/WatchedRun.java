package io.provision.cli;

import io.provision.apply.ApplyOptions;
import io.provision.apply.Interruption;
import io.provision.apply.Outcome;
import io.provision.apply.Progress;
import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import io.provision.report.RunMetrics;
import java.util.Set;

/**
 * A run that makes changes: it undoes what it is at when the JVM is told to end, shows how far it is, is measured, and
 * tells what went wrong.
 */
final class WatchedRun {

    /** What a command does in its run. */
    @FunctionalInterface
    interface Work {
        ExitCode in(WatchedRun run);
    }

    private final Invocation invocation;
    private final Workplace workplace;
    private final SignalWatch watch;
    private final Interruption interruption;
    private final MetricsFile metrics;
    private final ProgressLine progress;

    private WatchedRun(
            Invocation invocation, Workplace workplace, SignalWatch watch, Interruption interruption) {
        this.invocation = invocation;
        this.workplace = workplace;
        this.watch = watch;
        this.interruption = interruption;
        this.metrics = new MetricsFile(invocation);
        this.progress = new ProgressLine(invocation);
    }

    /** @return what the work says; {@link ExitCode#INTERRUPTED} where it was stopped before it had an outcome */
    static ExitCode of(Invocation invocation, Workplace workplace, Work work) {
        Interruption interruption = new Interruption();
        try (SignalWatch watch = SignalWatch.over(interruption, workplace.embedded())) {
            ExitCode code = new WatchedRun(invocation, workplace, watch, interruption).carryOut(work);
            // Once the watch is closed, a JVM that was told to end does.
            invocation.context().out().flush();
            return code;
        }
    }

    private ExitCode carryOut(Work work) {
        try (progress) {
            return work.in(this);
        } catch (ProvisionException e) {
            if (e.exitCode() != ExitCode.INTERRUPTED) {
                throw e;
            }
            metrics.writeFailure();
            e.problems().forEach(invocation.messages()::tell);
            return ExitCode.INTERRUPTED;
        }
    }

    ApplyOptions options(boolean failFast, PersistenceOption persistence) {
        SharedOptions shared = invocation.options();
        return new ApplyOptions(
                shared.lockTimeout(), shared.waitForOtherRun(), shared.timeout(), shared.parallel(), failFast,
                !persistence.off());
    }

    SignalWatch watch() {
        return watch;
    }

    Progress progress() {
        return progress;
    }

    Interruption interruption() {
        return interruption;
    }

    /**
     * Measures and tells what came of it.
     *
     * @param instances how many it was about
     * @param planned those that were to be worked on
     */
    void ended(Outcome outcome, int instances, Set<String> planned) {
        progress.close();
        metrics.write((ended, took) -> RunMetrics.ofRun(outcome, instances, ended, took));
        FailureTexts.tell(invocation, workplace, outcome);
        FailureTexts.tellFinished(invocation, outcome, planned, progress.finished());
    }
}
