package io.provision.naming;

import io.provision.naming.Computation.SchemaAndNamespace;

/**
 * What the market data simulator computes ({@code naming.md}, {@code market-data-simulator}). The only rule for which
 * an instance without a name is another thing than one named as its service.
 */
final class MarketDataSimulatorRule implements Rule {

    @Override
    public Computation compute(Identity identity, Stem stem) {
        return identity.givenName()
                .map(name -> new SchemaAndNamespace(Spelling.identifier(name), name.replace('-', ':')))
                .orElseGet(() -> new SchemaAndNamespace(
                        Names.PUBLIC_SCHEMA, Spelling.head(identity.serviceSegments(), 2, ":")));
    }
}
