package io.provision.apply;

import io.provision.plan.Change;
import io.provision.plan.Plan;
import java.util.List;

/**
 * What the phases of one run share.
 *
 * @param direction where it goes
 * @param users what it does to Redis users
 * @param results gathers what comes of it
 */
record RunParts(
        RunContext context,
        Direction direction,
        UserPhase users,
        RedisWork redis,
        Passwords passwords,
        Progress progress,
        RunResults results) {

    OutsideWork outside() {
        return new OutsideWork(redis, new FolderWork(results));
    }

    /**
     * Takes back what was done for all instances of a plan, none of which was begun.
     *
     * @param shared what they share
     * @param roles what is to be taken back of the {@link RolePhase}, in order
     * @return whether nothing is left
     */
    boolean undoAll(Plan plan, SharedWork shared, List<Change> roles, Throwable why) {
        return results.undone(
                "what was done for all instances",
                () -> results.kept(new Undo(context, users)
                        .undo(plan.byInstance().keySet(), shared.outside(), roles, String.valueOf(why.getMessage()))));
    }
}
