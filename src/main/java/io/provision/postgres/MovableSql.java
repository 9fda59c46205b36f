package io.provision.postgres;

import io.provision.plan.Movable;

/** How a query knows by its row of the catalogs what {@link Movable} an object is; null for what moves with another. */
public final class MovableSql {

    /** Of a row {@code c} of {@code pg_class}. */
    public static final String RELATION =
            """
            CASE c.relkind
              WHEN 'r' THEN 'TABLE' WHEN 'p' THEN 'TABLE' WHEN 'f' THEN 'FOREIGN_TABLE'
              WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED_VIEW' WHEN 'S' THEN 'SEQUENCE'
            END""";

    /** Of a row {@code y} of {@code pg_type} that is of no relation. */
    public static final String TYPE = "CASE y.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END";

    /**
     * Whether a row {@code f} of {@code pg_proc} is the function that {@code w} names, which moves from {@code came} to
     * {@code goes}: a type of its arguments may have moved as well, and the name says where that one came from.
     */
    public static final String IS_FUNCTION =
            """
            w.name IN (
              quote_ident(f.proname) || '(' || pg_get_function_identity_arguments(f.oid) || ')',
              replace(
                quote_ident(f.proname) || '(' || pg_get_function_identity_arguments(f.oid) || ')',
                quote_ident(w.goes) || '.',
                quote_ident(w.came) || '.')
            )""";

    private MovableSql() {}
}
