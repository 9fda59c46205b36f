package io.provision.rollback;

import io.provision.testing.TestEcosystem;

/** The instance exchange-okxNN: its files of {@code sql:} make things in public, and its next run moves them. */
final class MadeThenMoved {

    private MadeThenMoved() {}

    /**
     * @param names what the next run moves, as {@code tables:} takes it
     * @param arguments of the next run
     */
    static void in(TestEcosystem ecosystem, String names, String... arguments) {
        migrating(ecosystem, "[]").init();
        migrating(ecosystem, names).init(arguments);
    }

    private static TestEcosystem migrating(TestEcosystem ecosystem, String names) {
        return ecosystem.manifest("""
                services:
                  exchange-simulator: {sql: sql, migrate: {tables: %s, owner: role}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """.formatted(names));
    }
}
