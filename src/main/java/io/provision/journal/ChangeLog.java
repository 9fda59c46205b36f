package io.provision.journal;

import io.provision.plan.Change;
import io.provision.plan.rollback.Recorded;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Reads the changes of the journal back, in the order in which they were made. */
public final class ChangeLog {

    private final JournalSql sql;

    ChangeLog(JournalSql sql) {
        this.sql = sql;
    }

    /**
     * All changes of one manifest's runs.
     *
     * @param ecosystem the manifest's
     */
    public List<Recorded> of(Connection connection, String ecosystem) throws SQLException {
        return sql.query(
                connection,
                """
                SELECT c.id, c.run, r.command = 'rollback', r.host, c.xmin::text,
                       c.instance, c.before, c.after, c.reason, c.effects
                FROM %1$s.changes c
                JOIN %1$s.runs r ON r.run = c.run
                WHERE r.ecosystem = ?
                ORDER BY c.id
                """,
                ChangeLog::recorded,
                ecosystem);
    }

    private static Recorded recorded(ResultSet row) throws SQLException {
        return new Recorded(
                row.getLong(1),
                row.getString(2),
                row.getBoolean(3),
                row.getString(4),
                row.getString(5),
                new Change(
                        row.getString(6),
                        ChangeJson.read(Optional.ofNullable(row.getString(7))),
                        ChangeJson.read(Optional.ofNullable(row.getString(8))),
                        row.getString(9),
                        List.of()),
                ChangeJson.readEffects(row.getString(10)));
    }

    /** What was sent in one run, in order; never a secret. */
    public List<SentChange> sent(Connection connection, String run) throws SQLException {
        return sql.query(
                connection,
                """
                SELECT c.instance, c.store, c.kind, c.target, c.change, c.reason, c.forward, c.done_at
                FROM %1$s.changes c
                WHERE c.run = ?
                ORDER BY c.id
                """,
                row -> new SentChange(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getObject(8, OffsetDateTime.class).toInstant()),
                run);
    }
}
