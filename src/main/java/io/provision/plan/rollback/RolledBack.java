package io.provision.plan.rollback;

import java.util.List;

/**
 * What rollbacks undid of one run.
 *
 * @param wholly whether nothing is left of what the run did
 * @param by the runs that undid it, or a part of it, in order
 */
public record RolledBack(boolean wholly, List<String> by) {

    public RolledBack {
        by = List.copyOf(by);
    }
}
