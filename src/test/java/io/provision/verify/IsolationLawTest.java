package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.testing.RandomSeeds;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is granted to whom: the verdict is the server's own, asked pair by pair with {@code has_*_privilege}. */
class IsolationLawTest {

    private static final List<String> INSTANCES =
            List.of("exchange-aNN", "exchange-bNN", "exchange-cNN", "exchange-dNN");
    private static final List<String> SCHEMAS =
            List.of("exchange_aNN", "exchange_bNN", "exchange_cNN", "exchange_dNN");
    private static final List<String> GROUPS = List.of("g1_NN", "g2_NN", "g3_NN");

    @TempDir
    private Path folder;

    @RandomSeeds(3)
    void theVerdictIsTheServersOwn(long seed) {
        check(seed);
    }

    @Tag("full")
    @RandomSeeds(60)
    void theVerdictIsTheServersOwnAgainAndAgain(long seed) {
        check(seed);
    }

    private void check(long seed) {
        TestEcosystem ecosystem = TestEcosystem.on(TestPostgres.shared(), folder)
                .file("sql/V1__things.sql", "CREATE TABLE ${schema}.things (id serial, note text);")
                .manifest("""
                        defaults: {sql: sql}
                        services:
                          exchange-simulator: {}
                        instances:
                          exchange-aNN: {service: exchange-simulator}
                          exchange-bNN: {service: exchange-simulator}
                          exchange-cNN: {service: exchange-simulator}
                          exchange-dNN: {service: exchange-simulator}
                        """);
        ecosystem.init("--only", "postgres");
        List<String> statements = statements(new Random(seed));
        statements.forEach(ecosystem::execute);

        Verified verified = Verified.of(
                ecosystem.run("verify", "--only", "postgres", "--probe", "none", "-o", "json"));

        assertEquals(truth(ecosystem), claimed(ecosystem, verified), () -> seed + "\n" + statements + "\n" + verified);
    }

    private static List<String> statements(Random random) {
        List<String> statements = new ArrayList<>();
        GROUPS.forEach(group -> statements.add("CREATE ROLE " + group));
        List<String> roles = new ArrayList<>(GROUPS);
        SCHEMAS.forEach(schema -> roles.add(schema + "_adapter"));
        // Roles are only granted to those behind them: no membership may go round in a circle.
        IntStream.range(0, 5).forEach(i -> {
            int member = 1 + random.nextInt(roles.size() - 1);
            int role = random.nextInt(member);
            statements.add("GRANT %s TO %s WITH INHERIT %s, SET %s".formatted(
                    roles.get(role), roles.get(member), random.nextBoolean(), random.nextBoolean()));
        });
        IntStream.range(0, 3).forEach(i -> statements.add(grant(
                random, SCHEMAS.get(random.nextInt(SCHEMAS.size())), roles.get(random.nextInt(roles.size())))));
        return statements;
    }

    private static String grant(Random random, String schema, String role) {
        return switch (random.nextInt(8)) {
            case 0 -> "GRANT USAGE ON SCHEMA %s TO %s".formatted(schema, role);
            case 1 -> "GRANT CREATE ON SCHEMA %s TO %s".formatted(schema, role);
            case 2 -> "GRANT INSERT ON %s.things TO %s".formatted(schema, role);
            case 3 -> "GRANT SELECT (note) ON %s.things TO %s".formatted(schema, role);
            case 4 -> "GRANT USAGE ON SEQUENCE %s.things_id_seq TO %s".formatted(schema, role);
            case 5 -> "ALTER TABLE %s.things OWNER TO %s".formatted(schema, role);
            case 6 -> "GRANT TRUNCATE ON %s.things TO PUBLIC".formatted(schema);
            default -> "GRANT SELECT ON %s.things TO %s WITH GRANT OPTION".formatted(schema, role);
        };
    }

    /** What each can do as itself, and as everybody that it can become. */
    private static Set<String> truth(TestEcosystem ecosystem) {
        return new TreeSet<>(ecosystem.query(
                """
                SELECT f.name || ' ' || t.name
                FROM unnest(string_to_array(?, ',')) AS f (name)
                CROSS JOIN unnest(string_to_array(?, ',')) AS t (name)
                JOIN pg_roles r ON r.rolname = replace(f.name, '-', '_') || '_adapter'
                JOIN pg_roles b ON b.oid = r.oid OR pg_has_role(r.oid, b.oid, 'SET')
                JOIN pg_namespace n ON n.nspname = replace(t.name, '-', '_')
                JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = 'things'
                JOIN pg_class s ON s.relnamespace = n.oid AND s.relname = 'things_id_seq'
                WHERE f.name <> t.name
                  AND (has_schema_privilege(b.oid, n.oid, 'USAGE, CREATE')
                    OR has_table_privilege(b.oid, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER')
                    OR has_any_column_privilege(b.oid, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
                    OR has_sequence_privilege(b.oid, s.oid, 'USAGE, SELECT, UPDATE'))
                """,
                String.join(",", INSTANCES),
                String.join(",", INSTANCES)));
    }

    private static Set<String> claimed(TestEcosystem ecosystem, Verified verified) {
        Set<String> pairs = new TreeSet<>();
        List<String> names = INSTANCES.stream().map(ecosystem::numbered).toList();
        verified.breaches().forEach(breach -> names.stream()
                .filter(from -> breach.from().equals("*") || breach.from().equals(from))
                .forEach(from -> names.stream()
                        .filter(to -> breach.to().equals("*") || breach.to().equals(to))
                        .filter(to -> !to.equals(from))
                        .forEach(to -> pairs.add(from + " " + to))));
        return pairs;
    }
}
