package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.StatementLog;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestPostgres;
import io.provision.verify.Verified.Found;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Isolation is a matter of sets: twice the instances, the same number of queries. */
class ManyInstancesTest {

    @TempDir
    private Path folder;

    @Test
    void asManyQueriesForManyInstancesAsForTwo() {
        TestEcosystem ecosystem = ecosystem(2);
        long queriesOfTwo = queries(ecosystem);

        with(ecosystem, 20);

        assertEquals(queriesOfTwo, queries(ecosystem));
    }

    @Tag("full")
    @Test
    void threeHundredInstancesAreNinetyThousandPairs() {
        TestEcosystem ecosystem = ecosystem(2);
        long queriesOfTwo = queries(ecosystem);
        with(ecosystem, 300);
        assertEquals(queriesOfTwo, queries(ecosystem));

        Verified clean = verify(ecosystem);
        assertEquals(0, clean.exitCode(), clean::toString);
        assertEquals(300 * 299, clean.pairs());

        ecosystem.execute("""
                CREATE ROLE opsNN;
                GRANT opsNN TO exchange_17_NN_adapter;
                DO $$
                BEGIN
                  EXECUTE (SELECT string_agg(format('GRANT %I TO opsNN', rolname), ';')
                           FROM pg_roles
                           WHERE rolname ~ '^exchange_\\d+_NN_adapter$' AND rolname <> 'exchange_17_NN_adapter');
                END $$;
                GRANT USAGE ON SCHEMA exchange_5_NN TO PUBLIC;
                GRANT USAGE ON SCHEMA exchange_6_NN TO exchange_7_NN_adapter
                """);

        Verified open = verify(ecosystem);

        assertEquals(
                List.of("* exchange-5-NN", "exchange-7-NN exchange-6-NN", "exchange-17-NN *").stream()
                        .map(ecosystem::numbered).sorted().toList(),
                open.breaches().stream().map(ManyInstancesTest::pair).sorted().toList());
        assertTrue(open.toString().contains("and so on to every other instance"), open::toString);
    }

    private static String pair(Found found) {
        return found.from() + " " + found.to();
    }

    private TestEcosystem ecosystem(int instances) {
        return with(TestEcosystem.on(TestPostgres.shared(), folder), instances);
    }

    private static TestEcosystem with(TestEcosystem ecosystem, int instances) {
        ecosystem.manifest("""
                defaults: {readers: [readerNN]}
                services:
                  exchange-simulator: {}
                instances:
                %s
                """.formatted(IntStream.range(0, instances)
                .mapToObj("  exchange-%d-NN: {service: exchange-simulator}"::formatted)
                .collect(Collectors.joining("\n"))));
        ecosystem.init("--only", "postgres");
        return ecosystem;
    }

    private static Verified verify(TestEcosystem ecosystem) {
        return Verified.of(ecosystem.run("verify", "--only", "postgres", "--probe", "none", "-o", "json"));
    }

    private static long queries(TestEcosystem ecosystem) {
        long mark = ecosystem.postgres().mark();
        assertEquals(0, verify(ecosystem).exitCode());
        return StatementLog.of(ecosystem.postgres().logSince(mark)).stream()
                .filter(statement -> statement.line().contains("@" + ecosystem.database() + " "))
                .count();
    }
}
