package io.provision.naming;

import java.util.Objects;

/** What a rule alone makes of an identity, before any override: schema and namespace, or why it makes neither. */
public sealed interface Computation {

    record SchemaAndNamespace(String schema, String namespace) implements Computation {

        public SchemaAndNamespace {
            Objects.requireNonNull(schema, "schema");
            Objects.requireNonNull(namespace, "namespace");
        }
    }

    /** @param reason a sentence that names what does not fit and what to change */
    record NotComputable(String reason) implements Computation {

        public NotComputable {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
