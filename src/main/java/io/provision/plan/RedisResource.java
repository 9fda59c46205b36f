package io.provision.plan;

import java.util.Objects;
import java.util.Optional;

/** What an instance has in Redis ({@code redis.md}, "What an instance gets"). */
public sealed interface RedisResource extends Resource {

    /**
     * A namespace in which a key was set and taken away again, so that it is known to be writable.
     *
     * @param namespace without the colon that follows it
     */
    record ValidatedNamespace(String namespace) implements RedisResource {

        public ValidatedNamespace {
            Objects.requireNonNull(namespace, "namespace");
        }

        @Override
        public ResourceKind kind() {
            return ResourceKind.NAMESPACE;
        }

        @Override
        public String target() {
            return namespace;
        }

        @Override
        public Optional<Resource> over(Optional<Resource> live) {
            return Optional.of(this);
        }
    }
}
