package io.provision.journal;

import io.provision.plan.rollback.Ledger;
import io.provision.plan.rollback.RolledBack;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the runs of the journal back. */
public final class RunHistory {

    private final JournalSql sql;

    RunHistory(JournalSql sql) {
        this.sql = sql;
    }

    /** All runs, the newest first, with what they changed and what was undone of that. */
    public List<RunEntry> all(Connection connection) throws SQLException {
        List<RunEntry> runs = sql.query(
                connection,
                """
                SELECT r.run, r.command, r.os_user, r.host, r.version, r.ecosystem, r.manifest_sha256, r.login,
                       r.started_at, o.finished_at, o.outcome, coalesce(c.instances, '{}'), coalesce(c.changes, 0)
                FROM %1$s.runs r
                LEFT JOIN %1$s.run_outcomes o ON o.run = r.run
                LEFT JOIN (
                  SELECT run, array_agg(DISTINCT instance ORDER BY instance) AS instances, count(*) AS changes
                  FROM %1$s.changes
                  GROUP BY run
                ) c ON c.run = r.run
                ORDER BY r.started_at DESC, r.run DESC
                """,
                RunRows::read);
        Map<String, RolledBack> rolledBack = rolledBack(connection, runs);
        return runs.stream()
                .map(entry -> entry.with(Optional.ofNullable(rolledBack.get(entry.run().id()))))
                .toList();
    }

    /** The changes are read only where a rollback has changed something: there may be very many. */
    private Map<String, RolledBack> rolledBack(Connection connection, List<RunEntry> runs) throws SQLException {
        Set<String> ecosystems = runs.stream()
                .filter(entry -> entry.run().command().equals("rollback") && entry.changes() > 0)
                .map(entry -> entry.run().ecosystem())
                .collect(Collectors.toSet());
        Map<String, RolledBack> rolledBack = new HashMap<>();
        for (String ecosystem : ecosystems) {
            rolledBack.putAll(Ledger.rolledBack(new ChangeLog(sql).of(connection, ecosystem)));
        }
        return rolledBack;
    }
}
