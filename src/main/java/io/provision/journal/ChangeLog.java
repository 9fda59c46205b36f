package io.provision.journal;

import io.provision.plan.Change;
import io.provision.plan.ResourceKind;
import io.provision.plan.SameTexts;
import io.provision.plan.rollback.Recorded;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the changes of the journal back, in the order in which they were made. */
public final class ChangeLog {

    private static final int PAGE = 5_000;

    private static final String NO_KIND = "";

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
        List<Recorded> all = new ArrayList<>();
        each(connection, ecosystem, all::add);
        return all;
    }

    /** The same, one after another. */
    public void each(Connection connection, String ecosystem, Consumer<Recorded> use) throws SQLException {
        each(connection, ecosystem, NO_KIND, use);
    }

    /** The same, but for objects that files made and a rollback dropped: they count as the files' own. */
    public void eachCounting(Connection connection, String ecosystem, Consumer<Recorded> use) throws SQLException {
        each(connection, ecosystem, ResourceKind.SQL_OBJECT.id(), use);
    }

    private void each(Connection connection, String ecosystem, String leftOut, Consumer<Recorded> use)
            throws SQLException {
        SameTexts texts = new SameTexts();
        ChangeJson.Reader json = new ChangeJson.Reader(texts);
        sql.eachInPortions(
                connection,
                """
                SELECT c.id, c.run, r.command = 'rollback', r.host, c.xmin::text,
                       c.instance, c.before, c.after, c.reason, c.effects
                FROM %1$s.changes c
                JOIN %1$s.runs r ON r.run = c.run
                WHERE r.ecosystem = ?
                  AND c.kind <> ?
                ORDER BY c.id
                """,
                row -> recorded(row, texts, json),
                use,
                ecosystem,
                leftOut);
    }

    private static Recorded recorded(ResultSet row, SameTexts texts, ChangeJson.Reader json) throws SQLException {
        return new Recorded(
                row.getLong(1),
                texts.one(row.getString(2)),
                row.getBoolean(3),
                texts.one(row.getString(4)),
                texts.one(row.getString(5)),
                new Change(
                        texts.one(row.getString(6)),
                        json.resource(Optional.ofNullable(row.getString(7))),
                        json.resource(Optional.ofNullable(row.getString(8))),
                        texts.one(row.getString(9)),
                        List.of()),
                json.effects(row.getString(10)));
    }

    /**
     * What was sent in one run, in order, some thousands at a time: of ten thousand instances all of it fills the
     * memory. Never a secret.
     *
     * @param after the {@link SentChange#number} of the last one that is known
     * @return none where there are no more
     */
    public List<SentChange> sent(Connection connection, String run, long after) throws SQLException {
        return sql.query(
                connection,
                """
                SELECT c.id, c.instance, c.store, c.kind, c.target, c.change, c.reason, c.forward, c.done_at
                FROM %1$s.changes c
                WHERE c.run = ?
                  AND c.id > ?
                ORDER BY c.id
                LIMIT ?
                """,
                row -> new SentChange(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getObject(9, OffsetDateTime.class).toInstant()),
                run,
                after,
                PAGE);
    }
}
