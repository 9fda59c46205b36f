package io.provision.plan;

import java.util.Optional;

/**
 * One thing that stands, or should stand, in one of the stores. Desired and live state are made of the same resources.
 */
public sealed interface Resource permits PostgresResource, RedisResource, VolumeResource {

    ResourceKind kind();

    /** Which one of its kind it is, readable: see {@link ResourceId#target}. */
    String target();

    default ResourceId id() {
        return new ResourceId(kind().store(), kind().id(), target());
    }

    /**
     * What is to stand where {@code live} stands now and this is desired: what another hand made is kept, what is
     * missing is added. Equal to {@code live} when there is nothing to do.
     *
     * @param live what stands under the same {@link #id()}
     * @return empty when nothing is to stand
     */
    Optional<Resource> over(Optional<Resource> live);
}
