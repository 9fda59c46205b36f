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
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The journal's tables ({@code postgres.md}, "Journal"). Each method runs in the transaction that stands open on the
 * connection it is given, and commits nothing.
 */
public final class Journal {

    /** All rows in one statement, as one array a column: as values, the server would parse thousands of parameters. */
    private static final String RECORD =
            """
            INSERT INTO %1$s.changes
              (run, instance, change, store, kind, target, reason, forward, inverse, before, after, effects)
            SELECT c.run, c.instance, c.change, c.store, c.kind, c.target, c.reason, c.forward, c.inverse,
                   c.before::jsonb, c.after::jsonb, c.effects::jsonb
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                        ?::text[], ?::text[], ?::text[], ?::text[]) WITH ORDINALITY
              AS c (run, instance, change, store, kind, target, reason, forward, inverse, before, after, effects, place)
            ORDER BY c.place
            """;

    private static final List<Function<Row, String>> COLUMNS = List.of(
            Row::run,
            row -> row.entry().change().instance(),
            row -> row.entry().change().id(),
            row -> row.entry().change().store().id(),
            row -> row.entry().change().target().kind(),
            row -> row.entry().change().target().target(),
            row -> row.entry().change().reason(),
            row -> row.entry().forward(),
            row -> row.entry().inverse(),
            row -> ChangeJson.write(row.entry().change().before()).orElse(null),
            row -> ChangeJson.write(row.entry().change().after()).orElse(null),
            row -> ChangeJson.writeEffects(row.entry().effects()));

    /** What a run did, as a row of the journal. */
    private record Row(String run, ChangeEntry entry) {}

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
        sql.update(connection, RECORD, columns(byRun));
    }

    /**
     * Journals what was done for an instance, and closes its intent, as done.
     *
     * @throws SQLException also where the connection was lost, as each method here does
     */
    public void recordDone(Connection connection, String run, String instance, Collection<ChangeEntry> entries)
            throws SQLException {
        sql.update(
                connection,
                "WITH closed AS (\n" + IntentLog.CLOSE + ")\n" + RECORD,
                Stream.concat(
                                IntentLog.closing(run, List.of(instance), "done", Optional.empty()),
                                Stream.of(columns(Map.of(run, entries))))
                        .toArray());
    }

    private static Object[] columns(Map<String, ? extends Collection<ChangeEntry>> byRun) {
        List<Row> rows = byRun.entrySet().stream()
                .flatMap(run -> run.getValue().stream().map(entry -> new Row(run.getKey(), entry)))
                .toList();
        return COLUMNS.stream().map(column -> rows.stream().map(column).toList()).toArray();
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
