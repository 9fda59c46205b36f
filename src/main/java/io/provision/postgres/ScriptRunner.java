package io.provision.postgres;

import io.provision.plan.Effect;
import io.provision.plan.SqlScript;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs a file of {@code sql:} as the owner of its schema, never as the login: what a service's role can plant (a
 * function named {@code lower}, a trigger) must not run with the login's rights.
 */
public final class ScriptRunner {

    /**
     * Deferred triggers fire as whoever is the current user when they fire: they are made to fire before the role goes,
     * or a planted one would run at COMMIT with the login's rights.
     */
    static final String FIRE_DEFERRED = "SET CONSTRAINTS ALL IMMEDIATE";

    private final Session session;
    private final Runnable beforeEach;

    /** @param beforeEach done before each of the file's statements */
    public ScriptRunner(Session session, Runnable beforeEach) {
        this.session = session;
        this.beforeEach = beforeEach;
    }

    /**
     * @return what the file made or changed, as the catalogs tell it
     * @throws ScriptFailure when a statement fails, naming it
     */
    public List<Effect> run(SqlScript script, ScriptContext context) {
        EffectsQuery effects = new EffectsQuery(session, context);
        if (context.owner().isEmpty()) {
            new PlantedObjects(session).refuse(context);
        }
        EffectsQuery.Snapshot before = effects.snapshot();
        session.executeAll(prologue(context));
        Consumer<String> runner = context.owner().isPresent()
                ? statement -> new DefinerFunction(session, context.schema()).execute(statement)
                : session::execute;
        int number = 0;
        for (String statement : ScriptText.statements(ScriptText.filled(script, context))) {
            number++;
            run(runner, script, context, number, statement);
        }
        run(runner, script, context, number, FIRE_DEFERRED);
        session.executeAll(epilogue());
        return effects.since(before);
    }

    private void run(
            Consumer<String> runner, SqlScript script, ScriptContext context, int number, String statement) {
        try {
            beforeEach.run();
            runner.accept(statement);
        } catch (DatabaseFailure e) {
            throw new ScriptFailure(script, context, number, ScriptText.firstLine(statement), e);
        }
    }

    static List<String> prologue(ScriptContext context) {
        String path = "SET LOCAL search_path = " + Sql.identifier(context.schema()) + ", public";
        return context.owner()
                .map(owner -> List.of("SET LOCAL ROLE " + Sql.identifier(owner), path))
                .orElse(List.of(path));
    }

    /** A cursor WITH HOLD that is still open would be run at COMMIT, with the login's rights. */
    static List<String> epilogue() {
        return List.of("CLOSE ALL", "RESET ROLE", "SET LOCAL search_path = pg_catalog, pg_temp");
    }
}
