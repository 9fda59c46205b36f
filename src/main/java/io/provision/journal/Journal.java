package io.provision.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The journal's tables ({@code postgres.md}, "Journal"). Each method runs in the transaction that stands open on the
 * connection it is given, and commits nothing.
 */
public final class Journal {

    private final String schemaName;
    private final String schema;
    private final JournalSql sql;

    /**
     * @param schemaName the journal's schema
     * @param quoted the same as SQL takes it: quoting is {@code postgres}' business
     */
    public Journal(String schemaName, String quoted) {
        this.schemaName = schemaName;
        this.schema = quoted;
        this.sql = new JournalSql(quoted);
    }

    public String schemaName() {
        return schemaName;
    }

    /** What was changed, to be read back. */
    public ChangeLog changes() {
        return new ChangeLog(sql);
    }

    /** Whether the tables stand. */
    public boolean stands(Connection connection) throws SQLException {
        return sql.exists(
                connection,
                """
                SELECT 1
                FROM pg_namespace n
                JOIN pg_class c ON c.relnamespace = n.oid
                WHERE n.nspname = ?
                  AND c.relname = 'changes'
                  AND obj_description(n.oid, 'pg_namespace') LIKE 'provision journal %%'
                """,
                schemaName);
    }

    /** Whether the login may read them. */
    public boolean readable(Connection connection) throws SQLException {
        return sql.exists(
                connection,
                """
                SELECT 1
                FROM pg_namespace n
                JOIN pg_class c ON c.relnamespace = n.oid
                WHERE n.nspname = ?
                  AND c.relname = 'changes'
                  AND has_schema_privilege(n.oid, 'USAGE')
                  AND has_table_privilege(c.oid, 'SELECT')
                """,
                schemaName);
    }

    /** Makes schema and tables; only their owner may read them, and those it grants to. */
    public void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(script("tables.sql").replace(":schema", schema));
        }
        protections().create(connection);
    }

    static String script(String name) {
        try (InputStream resource = Journal.class.getResourceAsStream("/io/provision/journal/" + name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of this program", e);
        }
    }

    public void start(Connection connection, Run run) throws SQLException {
        sql.update(
                connection,
                """
                INSERT INTO %s.runs (run, command, os_user, host, version, ecosystem, manifest_sha256)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                run.id(),
                run.command(),
                run.user(),
                run.host(),
                run.version(),
                run.ecosystem(),
                run.manifestSha256());
    }

    /** @return false where another run has ended it already; that stays then */
    public boolean finish(Connection connection, String run, RunEntry.Outcome outcome) throws SQLException {
        return sql.update(
                        connection,
                        """
                        INSERT INTO %s.run_outcomes (run, outcome)
                        VALUES (?, ?)
                        ON CONFLICT DO NOTHING
                        """,
                        run,
                        outcome.name().toLowerCase(Locale.ROOT))
                == 1;
    }

    /** Whether a run may still commit: it was started, and nobody has ended it. */
    public boolean open(Connection connection, String run) throws SQLException {
        return sql.exists(
                connection,
                """
                SELECT 1
                FROM %1$s.runs r
                WHERE r.run = ?
                  AND NOT EXISTS (
                    SELECT
                    FROM %1$s.run_outcomes o
                    WHERE o.run = r.run
                  )
                """,
                run);
    }

    /** Ends all earlier runs that nobody ended: they were killed. */
    public int abandonOthers(Connection connection, String run) throws SQLException {
        return sql.update(
                connection,
                """
                INSERT INTO %1$s.run_outcomes (run, outcome)
                SELECT r.run, 'abandoned'
                FROM %1$s.runs r
                WHERE r.run <> ?
                  AND NOT EXISTS (
                    SELECT
                    FROM %1$s.run_outcomes o
                    WHERE o.run = r.run
                  )
                """,
                run);
    }

    /** What runs meant to do. */
    public IntentLog intents() {
        return new IntentLog(sql);
    }

    /** Journals what killed runs did, as theirs, and ends those of their intents of which nothing else is open. */
    public void recover(Connection connection, Collection<Recovered> found) throws SQLException {
        record(connection, found.stream().collect(Collectors.toMap(
                one -> one.intent().run(),
                Recovered::done,
                (one, other) -> Stream.concat(one.stream(), other.stream()).toList(),
                TreeMap::new)));
        intents().end(connection, found.stream().filter(Recovered::whole).toList());
    }

    public void record(Connection connection, String run, Collection<ChangeEntry> entries) throws SQLException {
        record(connection, Map.of(run, entries));
    }

    private void record(Connection connection, Map<String, ? extends Collection<ChangeEntry>> byRun)
            throws SQLException {
        try (PreparedStatement statement = sql.prepare(
                connection,
                """
                INSERT INTO %s.changes
                  (run, instance, change, store, kind, target, reason, forward, inverse, before, after, effects)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb)
                """)) {
            for (Map.Entry<String, ? extends Collection<ChangeEntry>> run : byRun.entrySet()) {
                for (ChangeEntry entry : run.getValue()) {
                    bind(statement, run.getKey(), entry);
                    statement.addBatch();
                }
            }
            statement.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, String run, ChangeEntry entry) throws SQLException {
        statement.setString(1, run);
        statement.setString(2, entry.change().instance());
        statement.setString(3, entry.change().id());
        statement.setString(4, entry.change().store().id());
        statement.setString(5, entry.change().target().kind());
        statement.setString(6, entry.change().target().target());
        statement.setString(7, entry.change().reason());
        statement.setString(8, entry.forward());
        statement.setString(9, entry.inverse());
        statement.setString(10, ChangeJson.write(entry.change().before()).orElse(null));
        statement.setString(11, ChangeJson.write(entry.change().after()).orElse(null));
        statement.setString(12, ChangeJson.writeEffects(entry.effects()));
    }

    /** What it says stands. */
    public StandingLog standing() {
        return new StandingLog(sql);
    }

    /** Which instances must not be rolled back. */
    public Protections protections() {
        return new Protections(schemaName, schema, sql);
    }

    /** The runs, to be read back. */
    public RunHistory runs() {
        return new RunHistory(sql);
    }
}
