package io.provision.distribution;

import io.provision.testing.TestEcosystem;

/**
 * Not Citus, of which no package is to be had where these tests run: plain SQL functions under its functions' names, in
 * one database, that note when they are called and what stood in the schema then, and that refuse what Citus's own
 * sources refuse first. They prove what is planned, sent, in which order and in whose transaction; what Citus makes of
 * it only {@link CitusTest} can prove.
 */
final class StandInForCitus {

    /** Citus makes another table of what it undistributes, with the same name, owner and rows. */
    private static final String SQL =
            """
            SET allow_system_table_mods = on;
            CREATE TABLE pg_catalog.pg_dist_schema (schemaid oid PRIMARY KEY, colocationid integer);
            CREATE TABLE pg_catalog.pg_dist_partition (
              logicalrelid regclass PRIMARY KEY, partmethod "char", colocationid integer, repmodel "char");
            GRANT SELECT ON pg_catalog.pg_dist_schema, pg_catalog.pg_dist_partition TO PUBLIC;
            CREATE TABLE public.calls (id serial, call text, tables text, xact xid8 DEFAULT pg_current_xact_id());

            CREATE FUNCTION pg_catalog.citus_schema_distribute(schemaname regnamespace) RETURNS void
            LANGUAGE plpgsql AS $$
            BEGIN
              INSERT INTO pg_catalog.pg_dist_schema VALUES (schemaname, schemaname::oid::integer);
              INSERT INTO public.calls (call, tables)
              SELECT 'distribute ' || schemaname, string_agg(relname, ' ' ORDER BY relname)
              FROM pg_class
              WHERE relnamespace = schemaname AND relkind IN ('r', 'p');
            END $$;

            CREATE FUNCTION pg_catalog.citus_schema_undistribute(schemaname regnamespace) RETURNS void
            LANGUAGE plpgsql AS $$
            DECLARE
              t record;
            BEGIN
              DELETE FROM pg_catalog.pg_dist_schema WHERE schemaid = schemaname;
              IF NOT FOUND THEN
                RAISE EXCEPTION 'schema % is not distributed', schemaname;
              END IF;
              INSERT INTO public.calls (call, tables)
              SELECT 'undistribute ' || schemaname, string_agg(relname, ' ' ORDER BY relname)
              FROM pg_class
              WHERE relnamespace = schemaname AND relkind IN ('r', 'p');
              FOR t IN SELECT relname AS name, pg_get_userbyid(relowner) AS owner
                       FROM pg_class WHERE relnamespace = schemaname AND relkind = 'r'
              LOOP
                EXECUTE format('CREATE TABLE %s.copied AS TABLE %1$s.%I', schemaname, t.name);
                EXECUTE format('DROP TABLE %s.%I', schemaname, t.name);
                EXECUTE format('ALTER TABLE %s.copied RENAME TO %I', schemaname, t.name);
                EXECUTE format('ALTER TABLE %s.%I OWNER TO %I', schemaname, t.name, t.owner);
              END LOOP;
            END $$;
            """;

    private StandInForCitus() {}

    static void in(TestEcosystem ecosystem) {
        ecosystem.execute(SQL);
    }
}
