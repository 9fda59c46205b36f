package io.provision.apply;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of a run.
 *
 * @param run its id in the journal; empty where nothing was to be done, or where there was no journal to write to
 * @param applied ids of the changes that were made and stay
 * @param kept what was to go and was kept
 * @param failed the instances that failed, and of which all was undone
 */
public record Outcome(
        Optional<String> run, List<String> applied, List<Kept> kept, List<Failure> failed, boolean interrupted) {

    /** Nothing was to be done. */
    public static final Outcome NOTHING = new Outcome(Optional.empty(), List.of(), List.of(), List.of(), false);

    /** Something that was to go and stands still. */
    public record Kept(String instance, String what, String why) {}

    /** An instance that failed; {@link io.provision.plan.Change#SHARED} for what several share. */
    public record Failure(String instance, String why) {}

    public Outcome {
        Objects.requireNonNull(run, "run");
        applied = List.copyOf(applied);
        kept = List.copyOf(kept);
        failed = List.copyOf(failed);
    }

    public boolean ok() {
        return failed.isEmpty() && !interrupted;
    }
}
