package io.provision.naming;

import io.provision.naming.Computation.SchemaAndNamespace;
import java.util.List;

/**
 * What the market data adapter computes ({@code naming.md}, {@code market-data-adapter}): a schema of three segments,
 * and a namespace of two and the rest, which with exactly two segments ends in a bare colon.
 */
final class MarketDataAdapterRule implements Rule {

    @Override
    public Computation compute(Identity identity, Stem stem) {
        if (identity.singleton()) {
            String both = Spelling.head(identity.serviceSegments(), 2, "_");
            return new SchemaAndNamespace(both, both);
        }
        List<String> segments = identity.instanceSegments();
        return new SchemaAndNamespace(Spelling.lower(Spelling.head(segments, 3, "_")), namespace(segments));
    }

    private static String namespace(List<String> segments) {
        String first = Spelling.head(segments, 2, "_");
        return segments.size() < 2 ? first : first + ":" + String.join("-", segments.subList(2, segments.size()));
    }
}
