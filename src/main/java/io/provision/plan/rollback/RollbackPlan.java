package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.Plan;
import io.provision.problem.Problem;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a rollback does, and what it leaves.
 *
 * @param plan what is to be done: instance by instance, then what several share, then memberships, then roles
 * @param settled what another hand has undone already: journaled, without a statement
 * @param kept what the tool made and what must stay, and why
 * @param skipped what is no longer as the tool left it, and why
 */
public record RollbackPlan(Plan plan, List<Change> settled, List<Remark> kept, List<Remark> skipped) {

    public RollbackPlan {
        Objects.requireNonNull(plan, "plan");
        settled = List.copyOf(settled);
        kept = List.copyOf(kept);
        skipped = List.copyOf(skipped);
    }

    public RollbackPlan refusedFor(List<Problem> problems) {
        return new RollbackPlan(plan.refusedFor(problems), settled, kept, skipped);
    }

    public RollbackPlan noting(List<String> notes) {
        return new RollbackPlan(plan.noting(notes), settled, kept, skipped);
    }

    /** With what else is kept and skipped. */
    public RollbackPlan with(List<Remark> furtherKept, List<Remark> furtherSkipped) {
        return new RollbackPlan(
                plan,
                settled,
                Stream.concat(kept.stream(), furtherKept.stream()).toList(),
                Stream.concat(skipped.stream(), furtherSkipped.stream()).toList());
    }

    /** With other words for what is kept. */
    public RollbackPlan telling(UnaryOperator<Remark> words) {
        return new RollbackPlan(plan, settled, kept.stream().map(words).toList(), skipped);
    }

    /** With this alone told of it, besides what it does. */
    public RollbackPlan telling(List<Remark> toldKept, List<Remark> toldSkipped, List<String> notes) {
        Plan told = new Plan(
                plan.changes(),
                plan.refusals(),
                plan.unlisted(),
                plan.unknown(),
                notes,
                plan.unchanged(),
                plan.fingerprint());
        return new RollbackPlan(told, settled, toldKept, toldSkipped);
    }

    /** Whether there is nothing to write, not even into the journal. */
    public boolean isEmpty() {
        return plan.isEmpty() && settled.isEmpty();
    }
}
