package io.provision.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that the catalogs say of a database and of the server's roles, and what its tables hold; without the
 * journal's schema, system objects, and what the server only counts or estimates. Two snapshots that are equal are of a
 * database that nobody can tell apart, OIDs and files included. {@link Catalogs} is for tests that name single facts.
 *
 * @param objects what is said of an object, by its identity: a kind and a name; several values where the identity is
 *     not one object's alone, as with the triggers of foreign keys
 */
public record CatalogSnapshot(SortedMap<String, SortedMap<String, List<String>>> objects) {

    /** Under which it is said who may do what, whether that is written or goes without saying. */
    public static final String ACCESS = "acl in effect";

    private static final String ACL = "acl";

    public CatalogSnapshot {
        objects = Collections.unmodifiableSortedMap(objects);
    }

    /** @param session of a superuser, in no transaction; it sees one moment, and leaves nothing */
    public static CatalogSnapshot of(Connection session) throws SQLException {
        boolean autoCommit = session.getAutoCommit();
        session.setAutoCommit(false);
        try (Statement statement = session.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            statement.execute("SET LOCAL search_path = ''");
            return new CatalogSnapshot(read(statement, session.getMetaData().getDatabaseMajorVersion()));
        } finally {
            session.rollback();
            session.setAutoCommit(autoCommit);
        }
    }

    private static SortedMap<String, SortedMap<String, List<String>>> read(Statement statement, int major)
            throws SQLException {
        SortedMap<String, SortedMap<String, List<String>>> objects = new TreeMap<>();
        List<SnapshotQuery> queries =
                Stream.of(RelationQueries.ALL, ObjectQueries.ALL, ServerQueries.ALL).flatMap(List::stream).toList();
        for (SnapshotQuery query : queries) {
            if (query.since() <= major) {
                read(statement, query.sql(), objects);
            }
        }
        String rows;
        try (ResultSet result = statement.executeQuery(RowQueries.QUERY)) {
            result.next();
            rows = result.getString(1);
        }
        read(statement, rows, objects);
        objects.values().forEach(said -> said.values().forEach(Collections::sort));
        return objects;
    }

    private static void read(
            Statement statement, String sql, SortedMap<String, SortedMap<String, List<String>>> objects)
            throws SQLException {
        String facts = """
                SELECT q.identity, f.key, f.value
                FROM (%s) AS q (identity, said)
                LEFT JOIN LATERAL jsonb_each_text(jsonb_strip_nulls(q.said)) f ON true
                """.formatted(sql);
        try (ResultSet rows = statement.executeQuery(facts)) {
            while (rows.next()) {
                SortedMap<String, List<String>> said =
                        objects.computeIfAbsent(rows.getString(1), identity -> new TreeMap<>());
                if (rows.getString(2) != null) {
                    said.computeIfAbsent(rows.getString(2), key -> new ArrayList<>()).add(rows.getString(3));
                }
            }
        }
    }

    public SortedSet<String> identities() {
        return new TreeSet<>(objects.keySet());
    }

    /** Every difference, a line each: what is gone, what is new, and what is said otherwise. */
    public List<String> difference(CatalogSnapshot later) {
        return lines(later, false);
    }

    /**
     * The same without what {@link #aclsWrittenOut} tells. PostgreSQL has no statement that makes an ACL unwritten
     * again: after a GRANT and its REVOKE the default stands there in full.
     */
    public List<String> differenceBeyondAclsWrittenOut(CatalogSnapshot later) {
        return lines(later, true);
    }

    /** Objects whose ACL was the default by not being written, and is now the default, written. */
    public List<String> aclsWrittenOut(CatalogSnapshot later) {
        return objects.keySet().stream()
                .filter(identity -> later.objects.containsKey(identity))
                .filter(identity -> writtenOut(objects.get(identity), later.objects.get(identity)))
                .toList();
    }

    private static boolean writtenOut(SortedMap<String, List<String>> before, SortedMap<String, List<String>> after) {
        return List.of("not written").equals(before.get(ACL))
                && List.of("written").equals(after.get(ACL))
                && Objects.equals(before.get(ACCESS), after.get(ACCESS));
    }

    private List<String> lines(CatalogSnapshot later, boolean aclsMayBeWrittenOut) {
        SortedSet<String> all = new TreeSet<>(objects.keySet());
        all.addAll(later.objects.keySet());
        List<String> lines = new ArrayList<>();
        for (String identity : all) {
            SortedMap<String, List<String>> before = objects.get(identity);
            SortedMap<String, List<String>> after = later.objects.get(identity);
            if (before == null) {
                lines.add("new: %s %s".formatted(identity, told(after)));
            } else if (after == null) {
                lines.add("gone: %s %s".formatted(identity, told(before)));
            } else {
                SortedSet<String> keys = new TreeSet<>(before.keySet());
                keys.addAll(after.keySet());
                if (aclsMayBeWrittenOut && writtenOut(before, after)) {
                    keys.remove(ACL);
                }
                keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
                keys.forEach(key -> lines.add("%s: %s was %s, is %s"
                        .formatted(identity, key, told(before.get(key)), told(after.get(key)))));
            }
        }
        return lines;
    }

    private static String told(List<String> values) {
        return values == null ? "not there" : String.join(" | ", values);
    }

    private static String told(Map<String, List<String>> said) {
        return said.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + told(entry.getValue()))
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
