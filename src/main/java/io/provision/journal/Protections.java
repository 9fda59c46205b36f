package io.provision.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which instances are protected from rollback, as the manifest said when it still listed them. Older journals do not
 * have it.
 */
public final class Protections {

    private final String schemaName;
    private final String schema;
    private final JournalSql sql;

    Protections(String schemaName, String schema, JournalSql sql) {
        this.schemaName = schemaName;
        this.schema = schema;
        this.sql = sql;
    }

    /**
     * The instances of which the newest record says that they are protected; none where the journal has no records.
     *
     * @param ecosystem the manifest's
     */
    public Set<String> of(Connection connection, String ecosystem) throws SQLException {
        if (!stand(connection)) {
            return Set.of();
        }
        return new TreeSet<>(sql.query(
                connection,
                """
                SELECT newest.instance
                FROM (
                  SELECT DISTINCT ON (p.instance) p.instance, p.protected
                  FROM %1$s.protections p
                  JOIN %1$s.runs r ON r.run = p.run
                  WHERE r.ecosystem = ?
                  ORDER BY p.instance, r.started_at DESC, r.run DESC
                ) newest
                WHERE newest.protected
                """,
                row -> row.getString(1),
                ecosystem));
    }

    /** Whether the login may read them; in an older journal there is nothing to be read. */
    public boolean readable(Connection connection) throws SQLException {
        return !stand(connection) || permits(connection, "SELECT");
    }

    /** Whether the login may record them; in an older journal it may have no right to make the table. */
    public boolean recordable(Connection connection) throws SQLException {
        if (stand(connection)) {
            return permits(connection, "INSERT");
        }
        return sql.exists(
                connection,
                """
                SELECT
                FROM pg_namespace n
                JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = 'runs'
                WHERE n.nspname = ?
                  AND has_schema_privilege(n.oid, 'USAGE')
                  AND has_schema_privilege(n.oid, 'CREATE')
                  AND has_table_privilege(c.oid, 'REFERENCES')
                """,
                schemaName);
    }

    private boolean permits(Connection connection, String privilege) throws SQLException {
        return sql.exists(
                connection,
                """
                SELECT
                FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ?
                  AND c.relname = 'protections'
                  AND has_schema_privilege(n.oid, 'USAGE')
                  AND has_table_privilege(c.oid, ?)
                """,
                schemaName,
                privilege);
    }

    /** @param changed what has changed since the newest record, by instance */
    public void record(Connection connection, String run, Map<String, Boolean> changed) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        if (!stand(connection)) {
            create(connection);
        }
        try (PreparedStatement statement = sql.prepare(
                connection,
                """
                INSERT INTO %s.protections (run, instance, protected)
                VALUES (?, ?, ?)
                """)) {
            for (Map.Entry<String, Boolean> instance : changed.entrySet()) {
                statement.setString(1, run);
                statement.setString(2, instance.getKey());
                statement.setBoolean(3, instance.getValue());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private boolean stand(Connection connection) throws SQLException {
        return sql.exists(
                connection,
                """
                SELECT
                FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ?
                  AND c.relname = 'protections'
                """,
                schemaName);
    }

    /** Whoever may read or write the older tables may do so with this one. */
    void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(Journal.script("protections.sql").replace(":schema", schema));
            for (String grant : grantsOfOlder(connection)) {
                statement.execute(grant);
            }
        }
    }

    private List<String> grantsOfOlder(Connection connection) throws SQLException {
        return sql.query(
                connection,
                """
                SELECT format(
                         'GRANT %%s ON %%I.protections TO %%s%%s',
                         a.privilege_type,
                         n.nspname,
                         CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
                         CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' END)
                FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                CROSS JOIN LATERAL aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
                WHERE n.nspname = ?
                  AND c.relname = 'changes'
                  AND a.grantee <> (
                    SELECT oid
                    FROM pg_roles
                    WHERE rolname = current_user
                  )
                """,
                row -> row.getString(1),
                schemaName);
    }
}
