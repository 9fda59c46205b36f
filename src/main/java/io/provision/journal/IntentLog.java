package io.provision.journal;

import io.provision.plan.ResourceId;
import io.provision.plan.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What runs meant to do, written and committed before they did any of it, and how it ended. */
public final class IntentLog {

    /** Rows that are sent together: all of a thousand instances' would fill the memory with their JSON. */
    private static final int BATCH = 50;

    private final JournalSql sql;

    IntentLog(JournalSql sql) {
        this.sql = sql;
    }

    /** Their JSON is bound: quoted in a statement's text, it would be copied, and scanned for quotes, once more. */
    public void intend(Connection connection, String run, Iterable<OpenIntent> intents) throws SQLException {
        try (PreparedStatement statement = sql.prepare(
                connection,
                """
                INSERT INTO %s.intents (run, instance, changes)
                VALUES (?, ?, ?::jsonb)
                """)) {
            int waiting = 0;
            for (OpenIntent intent : intents) {
                statement.setString(1, run);
                statement.setString(2, intent.instance());
                statement.setString(3, EntryJson.entries(intent.changes()));
                statement.addBatch();
                if (++waiting % BATCH == 0) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
        }
    }

    /** The statement that closes one that the run has, as done. */
    String done(String run, String instance) {
        return """
                INSERT INTO %s.intent_outcomes (run, instance, outcome)
                VALUES (%s, %s, 'done')
                ON CONFLICT DO NOTHING"""
                .formatted(sql.schema(), sql.literal(run), sql.literal(instance));
    }

    /**
     * Closes those intents of a run that are open.
     *
     * @param outcome {@code done}, {@code undone} or {@code recovered}
     */
    public void close(
            Connection connection, String run, Collection<String> instances, String outcome, Optional<String> detail)
            throws SQLException {
        sql.update(
                connection,
                """
                INSERT INTO %1$s.intent_outcomes (run, instance, outcome, detail)
                SELECT i.run, i.instance, ?, ?
                FROM %1$s.intents i
                WHERE i.run = ?
                  AND i.instance IN (SELECT unnest(?::text[]))
                  AND NOT EXISTS (
                    SELECT
                    FROM %1$s.intent_outcomes o
                    WHERE o.run = i.run
                      AND o.instance = i.instance
                  )
                """,
                outcome,
                detail.orElse(null),
                run,
                instances);
    }

    /**
     * Intents that were never closed, of one manifest's runs: nobody else finishes them. Of what they were to do in
     * PostgreSQL, which was journaled with it or is gone, passwords alone are told.
     *
     * @param ecosystem the manifest's
     */
    public List<OpenIntent> open(Connection connection, String ecosystem) throws SQLException {
        return sql.queryInPortions(
                connection,
                """
                SELECT i.run, r.host, i.instance, (
                         SELECT coalesce(jsonb_agg(e.entry ORDER BY e.place), '[]')
                         FROM jsonb_array_elements(i.changes) WITH ORDINALITY AS e (entry, place)
                         WHERE coalesce(e.entry #>> '{change,after,type}', e.entry #>> '{change,before,type}', '')
                               <> ALL (?)
                       )
                FROM %1$s.intents i
                JOIN %1$s.runs r ON r.run = i.run
                WHERE r.ecosystem = ?
                  AND NOT EXISTS (
                    SELECT
                    FROM %1$s.intent_outcomes o
                    WHERE o.run = i.run
                      AND o.instance = i.instance
                  )
                ORDER BY i.run, i.instance
                """,
                row -> new OpenIntent(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        ChangeJson.readEntries(row.getString(4))),
                ChangeJson.TRANSACTIONAL,
                ecosystem);
    }

    /**
     * What of open intents has been found out already, by run: what is in the journal as done by the run itself, and
     * what a later run has changed, which looked at it before. A folder is its own machine's alone.
     */
    public Map<String, Set<ResourceId>> foundOut(Connection connection) throws SQLException {
        List<Map.Entry<String, ResourceId>> rows = sql.query(
                connection,
                """
                SELECT DISTINCT r.run, c.store, c.kind, c.target
                FROM (
                  SELECT DISTINCT i.run
                  FROM %1$s.intents i
                  LEFT JOIN %1$s.intent_outcomes o ON o.run = i.run AND o.instance = i.instance
                  WHERE o.run IS NULL
                ) left_open
                JOIN %1$s.runs r ON r.run = left_open.run
                JOIN %1$s.runs known ON known.run = r.run OR known.started_at > r.started_at
                JOIN %1$s.changes c ON c.run = known.run
                WHERE c.store = 'redis'
                   OR c.store = 'volume' AND known.host = r.host
                """,
                row -> Map.entry(
                        row.getString(1),
                        new ResourceId(Store.of(row.getString(2)), row.getString(3), row.getString(4))));
        return rows.stream().collect(Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }

    void end(Connection connection, Collection<Recovered> found) throws SQLException {
        sql.update(
                connection,
                """
                INSERT INTO %1$s.intent_outcomes (run, instance, outcome, detail)
                SELECT f.run, f.instance, 'recovered', f.detail
                FROM unnest(?::text[], ?::text[], ?::text[]) AS f (run, instance, detail)
                ON CONFLICT DO NOTHING
                """,
                found.stream().map(one -> one.intent().run()).toList(),
                found.stream().map(one -> one.intent().instance()).toList(),
                found.stream().map(one -> one.done().size() + " changes were found done").toList());
    }
}
