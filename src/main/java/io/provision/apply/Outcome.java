package io.provision.apply;

import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.ScriptFailure;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What came of a run.
 *
 * @param run its id in the journal; empty where nothing was to be done, or where there was no journal to write to
 * @param applied ids of the changes that were made and stay
 * @param kept what was to go and was kept
 * @param failed the instances that failed
 * @param warnings what went another way than one would wish
 * @param fault what should not have happened, and no server said: a defect of the tool, or of the machine that runs it
 */
public record Outcome(
        Optional<String> run,
        List<String> applied,
        List<Kept> kept,
        List<Failure> failed,
        List<String> warnings,
        boolean interrupted,
        Optional<Throwable> fault) {

    /** Nothing was to be done. */
    public static final Outcome NOTHING =
            new Outcome(Optional.empty(), List.of(), List.of(), List.of(), List.of(), false, Optional.empty());

    /** Why an instance failed that was stopped, by nobody but the person who ran it. */
    public static final String STOPPED = "interrupted";

    /** Something that was to go and still stands. */
    public record Kept(String instance, String what, String why) {}

    /**
     * An instance that failed; {@link io.provision.plan.Change#SHARED} for what several share.
     *
     * @param undone whether all that was done for it was taken back; otherwise the next run finishes from the journal,
     *     where there is one
     * @param unreachable whether a server went away
     * @param cancelled whether somebody had it given up
     */
    public record Failure(String instance, String why, boolean undone, boolean unreachable, boolean cancelled) {

        static Failure of(String instance, Throwable e, boolean undone) {
            boolean gone = e instanceof CommitInDoubt
                    || e instanceof DatabaseFailure failure && failure.connectionLost()
                    || e instanceof ProvisionException p && p.exitCode() == ExitCode.UNREACHABLE;
            return new Failure(instance, why(e), undone, gone, cancelled(e));
        }

        /** Each without what to do about it. */
        static List<String> whys(Throwable e) {
            return e instanceof ProvisionException foreseen
                    ? foreseen.problems().stream().map(Problem::message).toList()
                    : List.of(why(e));
        }

        private static String why(Throwable e) {
            if (isForeseen(e)) {
                return e.getMessage();
            }
            String name = e.getClass().getSimpleName();
            return e.getMessage() == null ? name : name + ": " + e.getMessage();
        }

        /** Whether a server said it, the disk, or this tool on purpose. */
        static boolean isForeseen(Throwable e) {
            return e instanceof ProvisionException
                    || e instanceof DatabaseFailure
                    || e instanceof ScriptFailure
                    || e instanceof EffectMissing
                    || e instanceof LockHeld
                    || e instanceof CommitInDoubt;
        }

        private static boolean cancelled(Throwable e) {
            return e instanceof DatabaseFailure failure && failure.cancelled()
                    || e instanceof ScriptFailure script && script.cancelled()
                    || e instanceof ProvisionException p && p.exitCode() == ExitCode.INTERRUPTED;
        }

        /** Of a run that was stopped: the server's word for it would read as somebody else's doing. */
        Failure stopped(String by) {
            return cancelled ? new Failure(instance, by, undone, unreachable, true) : this;
        }
    }

    public Outcome {
        Objects.requireNonNull(run, "run");
        applied = List.copyOf(applied);
        kept = List.copyOf(kept);
        failed = List.copyOf(failed);
        warnings = List.copyOf(warnings);
        Objects.requireNonNull(fault, "fault");
    }

    /** With what else went another way. */
    Outcome warning(List<String> further) {
        List<String> all = Stream.concat(warnings.stream(), further.stream()).toList();
        return new Outcome(run, applied, kept, failed, all, interrupted, fault);
    }

    public boolean ok() {
        return failed.isEmpty() && !interrupted && fault.isEmpty();
    }

    /** Whether nothing is left of what failed. */
    public boolean undone() {
        return failed.stream().allMatch(Failure::undone);
    }

    /** How a command with this outcome ends. */
    public ExitCode exitCode() {
        if (interrupted) {
            return ExitCode.INTERRUPTED;
        }
        if (fault.isPresent()) {
            return ExitCode.FAILED;
        }
        if (failed.isEmpty()) {
            return ExitCode.DONE;
        }
        return failed.stream().allMatch(Failure::unreachable) ? ExitCode.UNREACHABLE : ExitCode.FAILED;
    }
}
