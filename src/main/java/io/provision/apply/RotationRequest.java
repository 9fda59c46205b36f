package io.provision.apply;

import io.provision.journal.Run;
import java.util.Map;
import java.util.Objects;

/**
 * What is to be rotated, of the instances of the scope.
 *
 * @param run what the journal is told of the run
 * @param retiresOld whether no new passwords are given, and the old ones of Redis users are taken away
 * @param environment where passwords may come from
 */
public record RotationRequest(Run run, boolean retiresOld, Map<String, String> environment) {

    public RotationRequest {
        Objects.requireNonNull(run, "run");
        environment = Map.copyOf(environment);
    }
}
