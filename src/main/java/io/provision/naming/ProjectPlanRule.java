package io.provision.naming;

import io.provision.naming.Computation.SchemaAndNamespace;
import java.util.List;

/** Two segments and no more, so that longer names can meet ({@code naming.md}, {@code project-plan}). */
final class ProjectPlanRule implements Rule {

    @Override
    public Computation compute(Identity identity, Stem stem) {
        if (identity.singleton()) {
            String first = identity.serviceSegments().get(0);
            return new SchemaAndNamespace(first, first);
        }
        List<String> segments = identity.instanceSegments();
        return new SchemaAndNamespace(
                Spelling.lower(Spelling.head(segments, 2, "_")), Spelling.head(segments, 2, ":"));
    }
}
