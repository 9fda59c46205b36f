package io.provision.journal;

import io.provision.plan.RedisResource.UserPassword;
import io.provision.plan.RolePassword;
import java.util.List;
import java.util.Objects;

/**
 * What a run meant to do for an instance, and of which nobody knows whether it did.
 *
 * @param host the machine that the run was on, as the journal names it
 */
public record OpenIntent(String run, String host, String instance, List<ChangeEntry> changes) {

    public OpenIntent {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(instance, "instance");
        changes = List.copyOf(changes);
    }

    /** Whether it is about passwords: new ones, or old ones to be retired. */
    public boolean rotates() {
        return changes.stream()
                .map(entry -> entry.change().resource())
                .anyMatch(resource -> resource instanceof RolePassword || resource instanceof UserPassword);
    }

    /** Whether it gives no new passwords, and takes old ones away; that can be done twice. */
    public boolean retires() {
        return rotates() && changes.stream()
                .map(entry -> entry.change().resource())
                .allMatch(resource -> resource instanceof UserPassword password && password.alone());
    }
}
