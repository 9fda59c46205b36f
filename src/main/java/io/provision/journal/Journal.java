package io.provision.journal;

import io.provision.plan.JournalMark;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The journal's tables ({@code postgres.md}, "Journal"). Each method runs in the transaction that stands open on the
 * connection it is given, and commits nothing.
 */
public final class Journal {

    /** Rows that one statement holds: what it is parsed to is many times as large as its text. */
    private static final int TOGETHER = 500;

    private final String schemaName;
    private final String schema;
    private final JournalSql sql;
    private final ChangeRows rows;

    /**
     * @param schemaName the journal's schema
     * @param quoted the same as SQL takes it
     */
    public Journal(String schemaName, String quoted, Quotation quotation) {
        this.schemaName = schemaName;
        this.schema = quoted;
        this.sql = new JournalSql(quoted, quotation);
        this.rows = new ChangeRows(quoted, quotation);
    }

    public String schemaName() {
        return schemaName;
    }

    /** What was changed, to be read back. */
    public ChangeLog changes() {
        return new ChangeLog(sql);
    }

    /**
     * Whether the tables stand.
     *
     * @throws ProvisionException REFUSED where they are a newer version's
     */
    public boolean stands(Connection connection) throws SQLException {
        List<String> marks = sql.query(
                connection,
                """
                SELECT obj_description(n.oid, 'pg_namespace')
                FROM pg_namespace n
                JOIN pg_class c ON c.relnamespace = n.oid
                WHERE n.nspname = ?
                  AND c.relname = 'changes'
                  AND obj_description(n.oid, 'pg_namespace') LIKE ?
                """,
                row -> row.getString(1),
                schemaName,
                JournalMark.PATTERN);
        for (String mark : marks) {
            if (!JournalMark.isKnown(mark)) {
                throw NewerJournal.marked(schemaName, mark);
            }
        }
        return !marks.isEmpty();
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
            String script = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return script.replace(":mark", JournalMark.TEXT);
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

    /**
     * Whether a run may still commit: it was started, and nobody has ended it. An expression, to be asked together with
     * what else is to be known; the run is its parameter.
     */
    public String openRun() {
        return """
                EXISTS (
                  SELECT
                  FROM %1$s.runs r
                  WHERE r.run = ?
                    AND NOT EXISTS (
                      SELECT
                      FROM %1$s.run_outcomes o
                      WHERE o.run = r.run
                    )
                )
                """
                .formatted(schema)
                .strip();
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
        Map<String, List<ChangeEntry>> byRun = new TreeMap<>();
        found.forEach(one ->
                byRun.computeIfAbsent(one.intent().run(), run -> new ArrayList<>()).addAll(one.done()));
        for (Map.Entry<String, List<ChangeEntry>> run : byRun.entrySet()) {
            record(connection, run.getKey(), run.getValue());
        }
        intents().end(connection, found.stream().filter(Recovered::whole).toList());
    }

    public void record(Connection connection, String run, Collection<ChangeEntry> entries) throws SQLException {
        List<ChangeEntry> all = List.copyOf(entries);
        for (int from = 0; from < all.size(); from += TOGETHER) {
            sql.execute(connection, rows.insert(run, all.subList(from, Math.min(from + TOGETHER, all.size()))));
        }
    }

    /**
     * Journals what was done for an instance, and closes its intent, as done: statements for the transaction that did
     * it, to be sent together with others.
     *
     * @param instance one that the run has an intent for
     */
    public List<String> done(String run, String instance, Collection<ChangeEntry> entries) {
        String close = intents().done(run, instance);
        return entries.isEmpty() ? List.of(close) : List.of(close, rows.insert(run, entries));
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
