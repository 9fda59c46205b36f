package io.provision.manifest;

import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Tells apart what a manifest tells apart: nothing, merge keys, and words. Whether a word is a number or a date is
 * asked by who reads it; YAML's own patterns for these would be tried on each.
 */
final class WordResolver extends Resolver {

    private static final int LENGTH_LIMIT = 10;

    @Override
    protected void addImplicitResolvers() {
        addImplicitResolver(Tag.MERGE, MERGE, "<", LENGTH_LIMIT);
        addImplicitResolver(Tag.NULL, NULL, "~nN\0", LENGTH_LIMIT);
        addImplicitResolver(Tag.NULL, EMPTY, null, LENGTH_LIMIT);
    }
}
