package io.provision.plan;

import io.provision.plan.acl.AclNode;
import io.provision.plan.acl.AclRules;
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

        /** What is set and taken away in a namespace. */
        public static String key(String namespace) {
            return namespace + ":__validation__";
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

    /**
     * An ACL user on one server; Redis does not spread them.
     *
     * @param node as {@link AclNode#name}
     * @param rules what it may do; never with a password, or what is made from one
     */
    record AclUser(String name, String node, AclRules rules) implements RedisResource {

        public AclUser {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(node, "node");
            Objects.requireNonNull(rules, "rules");
        }

        @Override
        public ResourceKind kind() {
            return ResourceKind.ACL_USER;
        }

        @Override
        public String target() {
            return node.equals(AclNode.NAMED) ? name : name + " at " + node;
        }

        @Override
        public Optional<Resource> over(Optional<Resource> live) {
            return Optional.of(live.map(AclUser.class::cast)
                    .map(found -> with(rules.adopting(found.rules.login())))
                    .orElse(this));
        }

        public AclUser with(AclRules other) {
            return new AclUser(name, node, other);
        }
    }

    /**
     * A new password of a user on one server, of which nothing is kept but that it was given.
     *
     * @param node as {@link AclNode#name}
     * @param run the run that gave it
     * @param alone whether those before it are taken away; else they stay valid beside it
     */
    record UserPassword(String user, String node, String run, boolean alone) implements RedisResource {

        public UserPassword {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(node, "node");
            Objects.requireNonNull(run, "run");
        }

        @Override
        public ResourceKind kind() {
            return ResourceKind.USER_PASSWORD;
        }

        @Override
        public String target() {
            return node.equals(AclNode.NAMED) ? user : user + " at " + node;
        }

        @Override
        public Optional<Resource> over(Optional<Resource> live) {
            return Optional.of(this);
        }
    }
}
