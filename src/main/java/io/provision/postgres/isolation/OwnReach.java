package io.provision.postgres.isolation;

import io.provision.postgres.Session;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the server itself says a login can do.
 *
 * @param first the schema that it finds its objects in; empty where there is none
 * @param schemas those of others in which it can do something
 */
public record OwnReach(String first, List<String> schemas) {

    public OwnReach {
        schemas = List.copyOf(schemas);
    }

    /**
     * Asks as the login of the session.
     *
     * @param session without a transaction; its search path is the login's own
     * @param granted who holds what
     * @param others whether a schema is another's
     */
    public static OwnReach of(Session session, GrantedSchemas granted, Predicate<String> others) {
        session.execute("SET TRANSACTION READ ONLY");
        String first = session.query("SELECT pg_catalog.current_schema()", row -> row.getString(1)).stream()
                .map(schema -> schema == null ? "" : schema)
                .findFirst()
                .orElse("");
        session.rollback();
        session.beginReadOnly();
        List<String> asked = granted.within(session).stream().filter(others).toList();
        List<String> schemas = asked.isEmpty() ? List.of() : reached(session, asked);
        session.rollback();
        return new OwnReach(first, schemas);
    }

    private static List<String> reached(Session session, List<String> others) {
        return session.query(
                """
                SELECT n.nspname
                FROM unnest(?::text[]) AS w (schema)
                JOIN pg_namespace n ON n.nspname = w.schema
                WHERE has_schema_privilege(n.oid, 'USAGE, CREATE')
                   OR EXISTS (
                     SELECT
                     FROM pg_class c
                     WHERE c.relnamespace = n.oid
                       AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                       AND (has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
                         OR has_table_privilege(c.oid, 'DELETE, TRUNCATE, TRIGGER'))
                   )
                ORDER BY 1
                """,
                row -> row.getString(1),
                others);
    }
}
