package io.provision.plan.rollback;

import io.provision.plan.Privilege;
import io.provision.plan.ResourceId;
import java.util.Map;
import java.util.Set;

/**
 * What grantees hold on objects by what the tool granted.
 *
 * @param held by grant on objects: what the grantee holds of it now, and nothing else granted it; by each object that
 *     stands
 * @param meanwhile by default privilege: what it granted on objects that were made since
 */
public record LiveGrants(
        Map<ResourceId, Map<String, Set<Privilege>>> held, Map<ResourceId, Map<String, Set<Privilege>>> meanwhile) {

    public LiveGrants {
        held = Map.copyOf(held);
        meanwhile = Map.copyOf(meanwhile);
    }

    /** By object. */
    Map<String, Set<Privilege>> heldBy(ResourceId grant) {
        return held.getOrDefault(grant, Map.of());
    }

    /** By object. */
    Map<String, Set<Privilege>> grantedMeanwhile(ResourceId defaults) {
        return meanwhile.getOrDefault(defaults, Map.of());
    }
}
