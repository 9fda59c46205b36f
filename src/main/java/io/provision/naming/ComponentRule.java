package io.provision.naming;

import io.provision.naming.Computation.NotComputable;
import io.provision.naming.Computation.SchemaAndNamespace;

/** Stem and entity: the default rule ({@code naming.md}, {@code component}). */
final class ComponentRule implements Rule {

    @Override
    public Computation compute(Identity identity, Stem stem) {
        String common = Spelling.snake(stem.text());
        if (identity.singleton()) {
            return new SchemaAndNamespace(Spelling.lower(common), common);
        }
        return stem.entity()
                .<Computation>map(entity -> new SchemaAndNamespace(
                        Spelling.identifier(identity.instance()), common + ":" + entity))
                .orElseGet(() -> new NotComputable(misfit(identity, stem.text())));
    }

    private static String misfit(Identity identity, String stem) {
        return ("the rule `component` expects instances of `%s` to be named `%s-…`, after the stem `%s`, and `%s` is"
                        + " not: rename it, set `stem:`, or set both `schema:` and `namespace:`")
                .formatted(identity.service(), stem, stem, identity.instance());
    }
}
