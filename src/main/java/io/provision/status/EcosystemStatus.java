package io.provision.status;

import java.util.List;
import java.util.Objects;

/**
 * How the instances stand.
 *
 * @param instances in the manifest's order
 * @param discovery what else is in discovery; left out where some instances were named, or Redis was left out
 */
public record EcosystemStatus(List<InstanceStatus> instances, Seen<Discovery> discovery) {

    public EcosystemStatus {
        instances = List.copyOf(instances);
        Objects.requireNonNull(discovery, "discovery");
    }
}
