package io.provision.apply;

import io.provision.testing.TestEcosystem;
import java.nio.file.Path;

/** The instances exchange-okxNN and exchange-binanceNN, whose Redis users have passwords of their own. */
final class TwoRedisUsers {

    static final String OKX = "exchange-okxNN-adapter";

    private TwoRedisUsers() {}

    static TestEcosystem in(Path folder) {
        return TestEcosystem.in(folder).manifest("""
                defaults: {redis_password: {generate: "secrets/{instance}"}}
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                  exchange-binanceNN: {service: exchange-simulator}
                """);
    }
}
