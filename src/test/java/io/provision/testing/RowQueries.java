package io.provision.testing;

/** What tables hold: how many rows, and a sum of their hashes, whatever their order. And where sequences stand. */
final class RowQueries {

    /** The query to run, made by the server that quotes the names; values are whole, in line or not. */
    static final String QUERY = """
            SELECT coalesce(string_agg(
                     CASE c.relkind
                       WHEN 'S' THEN format(
                         'SELECT %L, jsonb_build_object(''last value'', last_value, ''called'', is_called) FROM %s',
                         'sequence ' || c.oid::regclass, c.oid::regclass)
                       ELSE format(
                         'SELECT %L, jsonb_build_object(''rows'', count(*), ''digest'', '
                           || 'sum(hashtextextended(t::text, 0))) FROM ONLY %s t',
                         'relation ' || c.oid::regclass, c.oid::regclass)
                     END, E'\\nUNION ALL '), 'SELECT NULL, NULL WHERE false')
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname !~ '^(pg_|information_schema$|provision$)'
              AND c.relkind IN ('r', 'm', 'S')
              AND c.relispopulated
            """;

    private RowQueries() {}
}
