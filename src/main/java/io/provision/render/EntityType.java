package io.provision.render;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What kind of thing an instance simulates: the label {@code entity_type}.
 *
 * @param id the label's value
 */
record EntityType(String id) {

    static final String LABEL = "entity_type";

    private static final String UNTOLD = "other";

    /** In the order in which people look at them. */
    private enum Known {
        CENTRAL("central", "Central services"),
        TRADING_SYSTEM("trading-system", "Trading systems"),
        EXCHANGE("exchange", "Exchanges"),
        CUSTODIAN("custodian", "Custodians"),
        MARKET_DATA("market-data", "Market data"),
        RISK("risk", "Risk");

        private final String id;
        private final String title;

        Known(String id, String title) {
            this.id = id;
            this.title = title;
        }
    }

    static EntityType of(Instance instance) {
        return new EntityType(instance.labels().getOrDefault(LABEL, UNTOLD));
    }

    /** Those of the manifest: the known ones in their order, then the others by name. */
    static List<EntityType> in(Manifest manifest) {
        return manifest.instances().stream()
                .map(EntityType::of)
                .distinct()
                .sorted(Comparator.comparing(EntityType::place).thenComparing(EntityType::id))
                .toList();
    }

    String title() {
        for (Known known : Known.values()) {
            if (known.id.equals(id)) {
                return known.title;
            }
        }
        return id.isEmpty() ? "Other" : id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
    }

    private int place() {
        for (Known known : Known.values()) {
            if (known.id.equals(id)) {
                return known.ordinal();
            }
        }
        return id.equals(UNTOLD) ? Integer.MAX_VALUE : Known.values().length;
    }
}
