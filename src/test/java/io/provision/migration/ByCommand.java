package io.provision.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.plan.Hazard;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * {@code init}, with every hazard agreed to, and {@code rollback}.
 *
 * @param prepare what is to stand before
 */
record ByCommand(Consumer<TestEcosystem> prepare) implements RoundTrip.Way {

    /** A superuser's way, on a database where nothing of the instances stands yet. */
    static ByCommand fromNothing() {
        return new ByCommand(ecosystem -> { });
    }

    /** On a database where some of what the manifest wants stands, or other things in its place. */
    static ByCommand whereThisStands(String sql) {
        return new ByCommand(ecosystem -> ecosystem.execute(sql));
    }

    /** The way of a login that is no superuser, but in the role that owns everything. */
    static ByCommand ofTheOwnersMember() {
        return new ByCommand(ecosystem -> {
            ecosystem.execute("""
                    DO $$
                    DECLARE
                      change text;
                    BEGIN
                      FOR change IN
                        SELECT format('ALTER TABLE %s OWNER TO legacy_appNN', c.oid::regclass)
                        FROM pg_class c
                        WHERE c.relnamespace = 'public'::regnamespace
                          AND c.relkind IN ('r', 'p', 'v', 'm')
                        UNION ALL
                        SELECT format('ALTER SEQUENCE %s OWNER TO legacy_appNN', c.oid::regclass)
                        FROM pg_class c
                        WHERE c.relnamespace = 'public'::regnamespace
                          AND c.relkind = 'S'
                          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i'))
                        UNION ALL
                        SELECT format('ALTER STATISTICS %I.%I OWNER TO legacy_appNN',
                                      s.stxnamespace::regnamespace, s.stxname)
                        FROM pg_statistic_ext s
                        UNION ALL
                        SELECT format('ALTER %s %s OWNER TO legacy_appNN',
                                      CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, t.oid::regtype)
                        FROM pg_type t
                        LEFT JOIN pg_class c ON c.oid = t.typrelid
                        WHERE t.typnamespace = 'public'::regnamespace
                          AND (t.typtype IN ('d', 'e', 'r') OR c.relkind = 'c')
                      LOOP
                        EXECUTE change;
                      END LOOP;
                    END
                    $$
                    """);
            TestPostgres.Login login = ecosystem.provisioningLogin();
            ecosystem.execute("""
                    GRANT legacy_appNN TO %1$s;
                    GRANT USAGE, CREATE ON SCHEMA public TO %1$s, legacy_appNN;
                    """.formatted(login.name()));
        });
    }

    @Override
    public void prepare(TestEcosystem ecosystem) {
        prepare.accept(ecosystem);
    }

    @Override
    public void there(TestEcosystem ecosystem, RoundTripCase trip) {
        ecosystem.init("--allow-hazard", String.join(",", Hazard.KINDS));
    }

    @Override
    public List<String> back(TestEcosystem ecosystem, RoundTripCase trip) {
        TestEcosystem.Ran ran = ecosystem.run(
                "rollback", "--yes", "-o", "json", "--allow-hazard", String.join(",", Hazard.KINDS));
        assertEquals(0, ran.exitCode(), ran::toString);
        List<String> kept = new ArrayList<>();
        ran.json().get("kept").forEach(one ->
                kept.add("%s: %s".formatted(one.get("what").asText(), one.get("why").asText())));
        return kept;
    }
}
