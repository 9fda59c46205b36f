package io.provision.report;

import io.provision.apply.BackgroundTask;
import io.provision.journal.ChangeEntry;
import io.provision.journal.JournalScript;
import io.provision.journal.Run;
import io.provision.plan.Change;
import io.provision.plan.Login;
import io.provision.postgres.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What {@code init} would do in PostgreSQL on a server that has nothing of it yet, with the journal's rows: for
 * somebody else to run.
 */
public final class EmptyServerScript {

    private static final String HEAD = """
            -- %s
            -- for a server that has nothing of the manifest yet; `provision plan` then finds nothing to do in \
            PostgreSQL
            -- run it with: psql -X -v ON_ERROR_STOP=1 -f FILE
            -- passwords are left out: set them with \\password ROLE
            -- what sql: files make is not told to the journal: `provision rollback` leaves it, and the schema it is in

            """;

    /** Names and comments in the script tell the database, and default privileges the login. */
    private static final String GUARD = """
            DO $guard$
            BEGIN
              IF current_database() <> %1$s OR current_user <> %2$s
                  OR NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
                RAISE EXCEPTION 'this is for the database %% and the superuser %%, and neither can be another',
                  %1$s, %2$s
                  USING HINT = 'render it with the --postgres-url of the login that runs it';
              END IF;
            END
            $guard$;
            """;

    /** Of what is told at a time, in characters: of a thousand instances the whole is nine million long. */
    private static final int PIECE = 64 * 1024;

    private final Run run;
    private final Login login;
    private final List<Change> changes;
    private final Function<Change, DescribedChange> texts;
    private final List<String> isProtected;
    private final JournalScript journal;

    /**
     * @param texts tells them of a change when its turn has come: those of all would be as long as the script; two
     *     threads ask it
     * @param isProtected the instances that rollback refuses unless told
     */
    public EmptyServerScript(
            Run run,
            Login login,
            List<Change> changes,
            Function<Change, DescribedChange> texts,
            List<String> isProtected,
            JournalScript journal) {
        this.run = run;
        this.login = login;
        this.changes = List.copyOf(changes);
        this.texts = texts;
        this.isProtected = List.copyOf(isProtected);
        this.journal = journal;
    }

    /**
     * @param generated what its first line says
     * @param out is told piece by piece
     */
    public void sql(String generated, Consumer<String> out) {
        StringBuilder head = new StringBuilder()
                .append(HEAD.formatted(generated))
                .append(GUARD.formatted(Sql.literal(login.database()), Sql.literal(login.name())))
                .append("\n-- the journal\nBEGIN;\n").append(journal.create()).append(journal.start(run))
                .append("COMMIT;\n");
        out.accept(head.toString());
        List<Map.Entry<String, List<Change>>> transactions = transactions();
        int middle = transactions.size() / 2;
        // Whoever renders everything is done with all the rest by then.
        BackgroundTask<List<String>> second =
                BackgroundTask.begin(() -> pieces(transactions.subList(middle, transactions.size())));
        pieces(transactions.subList(0, middle)).forEach(out);
        second.result().forEach(out);
        StringBuilder end = new StringBuilder("\nBEGIN;\n");
        isProtected.forEach(instance -> end.append(journal.protect(run.id(), instance)));
        out.accept(end.append(journal.finish(run.id())).append("COMMIT;\n").toString());
    }

    private List<Map.Entry<String, List<Change>>> transactions() {
        Map<String, List<Change>> transactions = new LinkedHashMap<>();
        for (Change change : changes) {
            transactions.computeIfAbsent(PlanScript.transaction(change), name -> new ArrayList<>()).add(change);
        }
        return List.copyOf(transactions.entrySet());
    }

    private List<String> pieces(List<Map.Entry<String, List<Change>>> transactions) {
        List<String> pieces = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        for (Map.Entry<String, List<Change>> each : transactions) {
            transaction(sql, each.getKey(), each.getValue());
            if (sql.length() >= PIECE) {
                pieces.add(sql.toString());
                sql.setLength(0);
            }
        }
        pieces.add(sql.toString());
        return pieces;
    }

    private void transaction(StringBuilder sql, String name, List<Change> own) {
        sql.append("\n-- ").append(name).append("\nBEGIN;\n");
        List<ChangeEntry> entries = new ArrayList<>(own.size());
        for (Change change : own) {
            DescribedChange described = texts.apply(change);
            for (String statement : described.statements()) {
                sql.append(statement).append(";\n");
            }
            entries.add(new ChangeEntry(change, described.forward(), described.inverse(), List.of()));
        }
        for (ChangeEntry entry : entries) {
            journal.record(sql, run.id(), entry);
        }
        sql.append("COMMIT;\n");
    }
}
