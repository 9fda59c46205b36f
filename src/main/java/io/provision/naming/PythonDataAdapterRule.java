package io.provision.naming;

import io.provision.naming.Computation.SchemaAndNamespace;

/** What the Python services' data adapter computes ({@code naming.md}, {@code python-data-adapter}). */
final class PythonDataAdapterRule implements Rule {

    @Override
    public Computation compute(Identity identity, Stem stem) {
        if (identity.singleton()) {
            return new SchemaAndNamespace(
                    Spelling.snake(identity.service()), identity.serviceSegments().get(0));
        }
        return new SchemaAndNamespace(
                Spelling.identifier(identity.instance()), AuditDataAdapterRule.splitOnce(identity.instance()));
    }
}
