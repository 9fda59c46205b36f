package io.provision.postgres;

import io.provision.testing.TestEcosystem;
import java.util.List;
import java.util.Optional;

/** The schema {@code A place} and its owner, who may make things in {@code elsewhere} too; a transaction for that. */
final class OwnersPlace implements AutoCloseable {

    private final Session session;
    private final ScriptContext context;

    OwnersPlace(TestEcosystem ecosystem) {
        ecosystem.execute("""
                CREATE ROLE "lister NN";
                CREATE SCHEMA "A place" AUTHORIZATION "lister NN";
                CREATE SCHEMA elsewhere;
                GRANT CREATE, USAGE ON SCHEMA elsewhere TO "lister NN"
                """);
        String owner = ecosystem.numbered("lister NN");
        context = new ScriptContext("A place", owner, "lister", "lister", Optional.of(owner));
        session = PlainPostgres.at(ecosystem.postgresUrl()).open();
        session.begin();
    }

    Session session() {
        return session;
    }

    EffectsQuery effects() {
        return new EffectsQuery(session, context);
    }

    DigestsQuery digests() {
        return new DigestsQuery(session, context);
    }

    /** As a file of {@code sql:} is run. */
    void asOwner(String statements) {
        session.executeAll(List.of(
                "SET LOCAL ROLE " + Sql.identifier(context.role()),
                "SET LOCAL search_path = \"A place\", public",
                statements,
                "RESET ROLE",
                "SET LOCAL search_path = pg_catalog, pg_temp"));
    }

    @Override
    public void close() {
        session.close();
    }
}
