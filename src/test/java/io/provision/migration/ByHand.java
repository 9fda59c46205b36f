package io.provision.migration;

import io.provision.testing.TestEcosystem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The way a person would go, statement by statement: shows that there is one, and that the comparison is right. */
final class ByHand implements RoundTrip.Way {

    @Override
    public void there(TestEcosystem ecosystem, RoundTripCase trip) {
        ecosystem.execute(trip.moved().keySet().stream()
                .map(schema -> """
                        CREATE ROLE %1$s_adapter;
                        CREATE SCHEMA %1$s AUTHORIZATION %1$s_adapter;
                        GRANT USAGE ON SCHEMA %1$s TO PUBLIC;
                        """.formatted(schema))
                .collect(Collectors.joining()));
        ecosystem.execute(trip.moved().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .map(table -> "ALTER TABLE public.\"%s\" SET SCHEMA %s;\n".formatted(table, entry.getKey())))
                .collect(Collectors.joining()));
    }

    @Override
    public List<String> back(TestEcosystem ecosystem, RoundTripCase trip) {
        List<String> kept = new ArrayList<>();
        for (String schema : trip.moved().keySet()) {
            ecosystem.execute("""
                    DO $$
                    DECLARE
                      moved regclass;
                    BEGIN
                      FOR moved IN
                        SELECT oid
                        FROM pg_class
                        WHERE relnamespace = '%1$s'::regnamespace
                          AND relkind IN ('r', 'p', 'm', 'v')
                          AND relowner <> '%1$s_adapter'::regrole
                      LOOP
                        EXECUTE format('ALTER TABLE %%s SET SCHEMA public', moved);
                      END LOOP;
                    END
                    $$
                    """.formatted(schema));
            if (ecosystem.query("SELECT oid FROM pg_class WHERE relnamespace = '%s'::regnamespace".formatted(schema))
                    .isEmpty()) {
                ecosystem.execute("DROP SCHEMA %1$s; DROP ROLE %1$s_adapter".formatted(schema));
            } else {
                kept.add(ecosystem.numbered("schema " + schema));
            }
        }
        return kept;
    }
}
