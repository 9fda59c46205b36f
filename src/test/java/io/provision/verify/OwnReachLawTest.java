package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.postgres.PlainPostgres;
import io.provision.postgres.Session;
import io.provision.postgres.isolation.GrantedSchemas;
import io.provision.postgres.isolation.OwnReach;
import io.provision.testing.RandomSeeds;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A login that is asked only about schemas in which it may hold something says what it says of all of them. */
class OwnReachLawTest {

    private static final List<String> LOGINS = List.of("l1_NN", "l2_NN", "l3_NN", "l4_NN");
    private static final List<String> SCHEMAS = List.of("s1_NN", "s2_NN", "s3_NN", "s4_NN", "s5_NN", "s6_NN");

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @RandomSeeds(3)
    void itIsTheServersOwnAnswerAboutAll(long seed) {
        check(seed);
    }

    @Tag("full")
    @RandomSeeds(60)
    void itIsTheServersOwnAnswerAboutAllAgainAndAgain(long seed) {
        check(seed);
    }

    private void check(long seed) {
        ecosystem = TestEcosystem.on(TestPostgres.shared(), folder);
        List<String> statements = statements(new Random(seed));
        statements.forEach(ecosystem::execute);

        TreeMap<String, List<String>> asked = new TreeMap<>();
        TreeMap<String, List<String>> truth = new TreeMap<>();
        GrantedSchemas granted = granted();
        for (String login : LOGINS.stream().map(ecosystem::numbered).toList()) {
            asked.put(login, reached(login, granted));
            truth.put(login, truth(login));
        }

        assertEquals(truth, asked, () -> seed + "\n" + String.join(";\n", statements));
    }

    private GrantedSchemas granted() {
        try (Session session = PlainPostgres.at(ecosystem.postgresUrl()).open()) {
            session.beginReadOnly();
            return GrantedSchemas.of(session, SCHEMAS.stream().map(ecosystem::numbered).toList());
        }
    }

    private List<String> reached(String login, GrantedSchemas granted) {
        String url = ecosystem.postgres().url(login, "secret", ecosystem.database());
        try (Session session = PlainPostgres.at(url).open()) {
            return OwnReach.of(session, granted, schema -> true).schemas();
        }
    }

    private List<String> truth(String login) {
        return ecosystem.query(
                """
                SELECT n.nspname
                FROM unnest(string_to_array(?, ',')) AS s (name)
                JOIN pg_namespace n ON n.nspname = s.name
                JOIN pg_roles r ON r.rolname = ?
                WHERE has_schema_privilege(r.oid, n.oid, 'USAGE, CREATE')
                   OR EXISTS (
                     SELECT
                     FROM pg_class c
                     WHERE c.relnamespace = n.oid
                       AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                       AND (has_any_column_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
                         OR has_table_privilege(r.oid, c.oid, 'DELETE, TRUNCATE, TRIGGER'))
                   )
                ORDER BY 1
                """,
                String.join(",", SCHEMAS),
                login);
    }

    private static List<String> statements(Random random) {
        List<String> statements = new ArrayList<>();
        List<String> roles = new ArrayList<>(List.of("g1_NN", "g2_NN"));
        roles.forEach(group -> statements.add("CREATE ROLE " + group));
        LOGINS.forEach(login -> statements.add("CREATE ROLE %s LOGIN PASSWORD 'secret'%s".formatted(
                login, random.nextInt(10) == 0 ? " SUPERUSER" : "")));
        roles.addAll(LOGINS);
        SCHEMAS.forEach(schema -> {
            statements.add("CREATE SCHEMA " + schema);
            statements.add("CREATE TABLE %s.things (id integer, note text)".formatted(schema));
        });
        // Roles are only granted to those behind them: no membership may go round in a circle.
        for (int i = 0; i < 4; i++) {
            int member = 1 + random.nextInt(roles.size() - 1);
            statements.add("GRANT %s TO %s WITH INHERIT %s".formatted(
                    roles.get(random.nextInt(member)), roles.get(member), random.nextBoolean()));
        }
        for (int i = 0; i < 8; i++) {
            statements.add(grant(random, any(SCHEMAS, random), any(roles, random)));
        }
        return statements;
    }

    private static <T> T any(List<T> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }

    private static String grant(Random random, String schema, String role) {
        return switch (random.nextInt(24)) {
            case 0, 1, 2 -> "GRANT USAGE ON SCHEMA %s TO %s".formatted(schema, role);
            case 3, 4 -> "GRANT CREATE ON SCHEMA %s TO %s".formatted(schema, role);
            case 5, 6, 7 -> "GRANT INSERT ON %s.things TO %s".formatted(schema, role);
            case 8, 9, 10 -> "GRANT SELECT (note) ON %s.things TO %s".formatted(schema, role);
            case 11, 12 -> "ALTER TABLE %s.things OWNER TO %s".formatted(schema, role);
            case 13, 14 -> "ALTER SCHEMA %s OWNER TO %s".formatted(schema, role);
            case 15 -> "GRANT TRUNCATE ON %s.things TO PUBLIC".formatted(schema);
            case 16 -> "GRANT USAGE ON SCHEMA %s TO PUBLIC".formatted(schema);
            case 17 -> "GRANT pg_read_all_data TO %s".formatted(role);
            case 18 -> "GRANT SELECT ON %s.things TO pg_database_owner".formatted(schema);
            case 19 -> "DO $$ BEGIN EXECUTE format('ALTER DATABASE %%I OWNER TO %s', current_database()); END $$"
                    .formatted(role);
            case 20 -> "GRANT SELECT ON %s.things TO pg_monitor; GRANT pg_monitor TO %s".formatted(schema, role);
            default -> "GRANT TRIGGER ON %s.things TO %s".formatted(schema, role);
        };
    }
}
