package io.provision.naming;

import io.provision.naming.Computation.SchemaAndNamespace;

/** What the audit data adapter computes ({@code naming.md}, {@code audit-data-adapter}). */
final class AuditDataAdapterRule implements Rule {

    @Override
    public Computation compute(Identity identity, Stem stem) {
        if (identity.singleton()) {
            String first = identity.serviceSegments().get(0);
            return new SchemaAndNamespace(first, first);
        }
        return new SchemaAndNamespace(Spelling.identifier(identity.instance()), splitOnce(identity.instance()));
    }

    /** {@code first:rest}, split at the first hyphen only; a name without a hyphen as it is. */
    static String splitOnce(String instance) {
        int hyphen = instance.indexOf('-');
        return hyphen < 0 ? instance : instance.substring(0, hyphen) + ":" + instance.substring(hyphen + 1);
    }
}
