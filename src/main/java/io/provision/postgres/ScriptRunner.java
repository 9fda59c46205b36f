package io.provision.postgres;

import io.provision.plan.Effect;
import io.provision.plan.SqlScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

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
    private final Optional<Runnable> beforeEach;

    /** @param beforeEach what is done before each of a file's statements; without it, they go in one round trip */
    public ScriptRunner(Session session, Optional<Runnable> beforeEach) {
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
        List<String> statements = new ArrayList<>(ScriptText.statements(ScriptText.filled(script, context)));
        statements.add(FIRE_DEFERRED);
        if (context.owner().isPresent() && beforeEach.isEmpty()) {
            together(script, context, statements, effects.after(before));
        } else {
            oneByOne(script, context, statements);
            session.executeThenAsk(List.of(), List.of(), effects.after(before));
        }
        return effects.since(before);
    }

    private void together(
            SqlScript script, ScriptContext context, List<String> statements, List<Question> after) {
        DefinerFunction function = new DefinerFunction(context.schema(), statements);
        try {
            session.executeThenAsk(
                    between(prologue(context), function.sent(), end()),
                    between(prologue(context), function.shown(), end()),
                    after);
        } catch (DatabaseFailure e) {
            OptionalInt failed = function.failed(e);
            throw failed.isPresent()
                    ? failure(script, context, statements, failed.getAsInt(), e)
                    : new ScriptFailure(script, context, e);
        }
    }

    private static List<String> between(List<String> prologue, List<String> statements, List<String> epilogue) {
        return Stream.of(prologue, statements, epilogue).flatMap(List::stream).toList();
    }

    private void oneByOne(SqlScript script, ScriptContext context, List<String> statements) {
        session.executeAll(prologue(context));
        for (int i = 0; i < statements.size(); i++) {
            try {
                beforeEach.ifPresent(Runnable::run);
                execute(context, statements.get(i));
            } catch (DatabaseFailure e) {
                throw failure(script, context, statements, i, e);
            }
        }
        session.executeAll(end());
    }

    private void execute(ScriptContext context, String statement) {
        if (context.owner().isPresent()) {
            DefinerFunction function = new DefinerFunction(context.schema(), List.of(statement));
            session.executeAll(function.sent(), function.shown());
        } else {
            session.execute(statement);
        }
    }

    /** What fires deferred belongs to the file's last statement. */
    private static ScriptFailure failure(
            SqlScript script, ScriptContext context, List<String> statements, int failed, DatabaseFailure e) {
        int number = Math.min(failed + 1, statements.size() - 1);
        return new ScriptFailure(script, context, number, ScriptText.firstLine(statements.get(failed)), e);
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

    /** What the file did is asked for in the same transaction, and it may have SET how that is answered. */
    private static List<String> end() {
        return Stream.concat(epilogue().stream(), TransactionSettings.OF_TEXTS.stream()).toList();
    }
}
