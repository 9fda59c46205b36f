package io.provision.journal;

import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.ResourceKind;
import io.provision.plan.SqlFile;
import io.provision.plan.SqlScript;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the journal says stands: the newest change of each target tells. */
public final class StandingLog {

    /** Of each target; what was taken back does not stand. */
    private static final String NEWEST_OF_A_KIND =
            """
            FROM (
              SELECT DISTINCT ON (c.target) c.after
              FROM %s.changes c
              WHERE c.kind = ?
              ORDER BY c.target, c.id DESC
            ) newest
            WHERE after IS NOT NULL
            """;

    private final JournalSql sql;

    StandingLog(JournalSql sql) {
        this.sql = sql;
    }

    /**
     * The {@code sql:} files that have run. The server takes the JSON apart: where there is nothing to do, to start a
     * reader of JSON would take longer than all that is read.
     */
    public List<SqlFile> files(Connection connection) throws SQLException {
        return sql.query(
                connection,
                """
                SELECT after ->> 'schema',
                       after #>> '{name,file}',
                       translate(after #>> '{name,version}', '[ ]', ''),
                       after ->> 'checksum'
                """ + NEWEST_OF_A_KIND,
                row -> new SqlFile(row.getString(1), name(row), row.getString(4)),
                ResourceKind.SQL_FILE.id());
    }

    private static SqlScript.Name name(ResultSet row) throws SQLException {
        List<Long> version = new ArrayList<>();
        String numbers = row.getString(3);
        for (String number : numbers.isEmpty() ? new String[0] : numbers.split(",")) {
            version.add(Long.valueOf(number));
        }
        return new SqlScript.Name(row.getString(2), version);
    }

    /** The namespaces that were tried. */
    public List<ValidatedNamespace> namespaces(Connection connection) throws SQLException {
        return sql.query(
                connection,
                """
                SELECT after ->> 'namespace'
                """ + NEWEST_OF_A_KIND,
                row -> new ValidatedNamespace(row.getString(1)),
                ResourceKind.NAMESPACE.id());
    }

    /**
     * What the tool made for a manifest and has not taken back, as far as the journal knows, with the instance that it
     * was made for.
     *
     * @param ecosystem the manifest's
     * @param kinds the kinds of resources to look for
     * @param listed what is not asked for
     */
    public Map<Resource, String> unlisted(
            Connection connection, String ecosystem, Collection<ResourceKind> kinds, Set<ResourceId> listed)
            throws SQLException {
        List<String> ids = kinds.stream().map(ResourceKind::id).toList();
        List<String> listedKinds = new ArrayList<>();
        List<String> listedTargets = new ArrayList<>();
        for (ResourceId id : listed) {
            if (ids.contains(id.kind())) {
                listedKinds.add(id.kind());
                listedTargets.add(id.target());
            }
        }
        List<Map.Entry<Optional<Resource>, String>> rows = sql.query(
                connection,
                """
                SELECT DISTINCT ON (c.kind, c.target) c.after, c.instance
                FROM %1$s.changes c
                JOIN %1$s.runs r ON r.run = c.run
                WHERE r.ecosystem = ?
                  AND c.kind = ANY (?)
                  AND NOT EXISTS (
                    SELECT
                    FROM unnest(?::text[], ?::text[]) AS l (kind, target)
                    WHERE l.kind = c.kind
                      AND l.target = c.target
                  )
                ORDER BY c.kind, c.target, c.id DESC
                """,
                row -> Map.entry(ChangeJson.read(Optional.ofNullable(row.getString(1))), row.getString(2)),
                ecosystem,
                ids,
                listedKinds,
                listedTargets);
        Map<Resource, String> made = new LinkedHashMap<>();
        rows.forEach(row -> row.getKey().ifPresent(resource -> made.put(resource, row.getValue())));
        return made;
    }
}
