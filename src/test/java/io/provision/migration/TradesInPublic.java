package io.provision.migration;

import io.provision.testing.TestEcosystem;
import java.nio.file.Path;

/** One instance, and the table {@code public.trades} that is to move to its schema. */
final class TradesInPublic {

    private TradesInPublic() {}

    static TestEcosystem in(Path folder) {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {migrate: {tables: [trades]}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
        ecosystem.execute("CREATE TABLE public.trades (id bigint PRIMARY KEY, price numeric)");
        return ecosystem;
    }
}
