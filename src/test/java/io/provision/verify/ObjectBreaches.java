package io.provision.verify;

import static io.provision.verify.BreachCase.of;

import java.util.List;
import java.util.stream.Stream;

/** What lies in the schemas, and where roles look for it. */
final class ObjectBreaches {

    private ObjectBreaches() {}

    static Stream<BreachCase> all() {
        return Stream.of(ownership(), code(), windows(), paths()).flatMap(List::stream);
    }

    private static List<BreachCase> ownership() {
        return List.of(
                of("the schema's owner", "ALTER SCHEMA komainu_schema OWNER TO okx_role",
                        "okx_role owns the schema komainu_schema"),
                of("a table's owner", """
                        CREATE TABLE komainu.stray (id serial);
                        GRANT ALL ON komainu.stray, komainu.stray_id_seq TO komainu_role;
                        GRANT SELECT ON komainu.stray, komainu.stray_id_seq TO readerNN;
                        ALTER TABLE komainu.stray OWNER TO okx_role
                        """, "okx_role owns the table komainu.stray").cleaning("DROP TABLE komainu.stray"),
                of("a view's owner", """
                        CREATE VIEW komainu.stray AS SELECT 1 AS one;
                        GRANT ALL ON komainu.stray TO komainu_role; GRANT SELECT ON komainu.stray TO readerNN;
                        ALTER VIEW komainu.stray OWNER TO okx_role
                        """, "okx_role owns the view komainu.stray").cleaning("DROP VIEW komainu.stray"),
                of("a function's owner", """
                        CREATE FUNCTION komainu.stray() RETURNS int LANGUAGE sql AS 'SELECT 1';
                        ALTER FUNCTION komainu.stray() OWNER TO okx_role
                        """, "okx_role owns the function komainu.stray()").cleaning("DROP FUNCTION komainu.stray()"));
    }

    private static List<BreachCase> code() {
        return List.of(
                of("a SECURITY DEFINER function of another instance", """
                        CREATE FUNCTION public.peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER
                          AS 'SELECT count(*) FROM komainu.things';
                        ALTER FUNCTION public.peek() OWNER TO komainu_role
                        """, "PUBLIC may execute the function public.peek(), which is SECURITY DEFINER and runs as "
                        + "komainu_role").fromAll().cleaning("DROP FUNCTION public.peek()"),
                of("the same in one's own schema", """
                        CREATE FUNCTION okx.peek() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
                        ALTER FUNCTION okx.peek() OWNER TO komainu_role
                        """, "okx_role may execute the function okx.peek(), which is SECURITY DEFINER")
                        .cleaning("DROP FUNCTION okx.peek()"),
                of("a SECURITY DEFINER function of an instance that one may only read", """
                        CREATE FUNCTION audit_NN.wipe() RETURNS void LANGUAGE sql SECURITY DEFINER
                          AS 'DELETE FROM audit_NN.things';
                        ALTER FUNCTION audit_NN.wipe() OWNER TO audit_NN_adapter
                        """, "okx_role may execute the function audit_NN.wipe(), which is SECURITY DEFINER and runs as "
                        + "audit_NN_adapter").to("audit-NN").cleaning("DROP FUNCTION audit_NN.wipe()"),
                of("a trigger function of another instance", """
                        CREATE FUNCTION public.note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                        ALTER FUNCTION public.note() OWNER TO okx_role;
                        CREATE TRIGGER note BEFORE INSERT ON komainu.things FOR EACH ROW
                          EXECUTE FUNCTION public.note()
                        """, "okx_role owns the function public.note(), which runs as whoever uses the table "
                        + "komainu.things").cleaning("DROP FUNCTION public.note() CASCADE"));
    }

    private static List<BreachCase> windows() {
        return List.of(
                of("a view of another instance that reads its schema", """
                        CREATE VIEW public.shown AS SELECT id FROM komainu.things;
                        ALTER VIEW public.shown OWNER TO komainu_role;
                        GRANT SELECT ON public.shown TO okx_role
                        """, "okx_role was granted SELECT on the view public.shown, which shows komainu.things")
                        .cleaning("DROP VIEW public.shown"),
                of("a view of a view", """
                        CREATE VIEW public.shown AS SELECT id FROM komainu.things;
                        CREATE VIEW public.again AS SELECT id FROM public.shown;
                        GRANT SELECT ON public.again TO okx_role
                        """, "okx_role was granted SELECT on the view public.again, which shows komainu.things")
                        .cleaning("DROP VIEW public.again; DROP VIEW public.shown"),
                of("a view of a view by one who may see the inner one alone", """
                        CREATE ROLE opsNN;
                        CREATE VIEW public.shown AS SELECT id FROM komainu.things;
                        ALTER VIEW public.shown OWNER TO komainu_role;
                        GRANT SELECT ON public.shown TO opsNN;
                        CREATE VIEW public.again AS SELECT id FROM public.shown;
                        ALTER VIEW public.again OWNER TO opsNN;
                        GRANT SELECT ON public.again TO okx_role
                        """, "okx_role was granted SELECT on the view public.again, which shows komainu.things")
                        .cleaning("DROP VIEW public.again; DROP VIEW public.shown; DROP ROLE opsNN"),
                of("a materialized view of one who may not look any more", """
                        CREATE ROLE opsNN;
                        CREATE MATERIALIZED VIEW public.shown AS SELECT id FROM komainu.things;
                        ALTER MATERIALIZED VIEW public.shown OWNER TO opsNN;
                        GRANT SELECT ON public.shown TO okx_role
                        """, "okx_role was granted SELECT on the view public.shown, which shows komainu.things")
                        .cleaning("DROP MATERIALIZED VIEW public.shown; DROP ROLE opsNN"),
                of("a materialized view", """
                        CREATE MATERIALIZED VIEW public.shown AS SELECT id FROM komainu.things;
                        GRANT SELECT ON public.shown TO okx_role
                        """, "okx_role was granted SELECT on the view public.shown, which shows komainu.things")
                        .cleaning("DROP MATERIALIZED VIEW public.shown"),
                of("a materialized view, filled by its owner, of a view that reads with its user's rights", """
                        CREATE VIEW public.asked WITH (security_invoker) AS SELECT id FROM komainu.things;
                        CREATE MATERIALIZED VIEW public.shown AS SELECT id FROM public.asked;
                        GRANT SELECT ON public.shown TO okx_role
                        """, "okx_role was granted SELECT on the view public.shown, which shows komainu.things")
                        .since(15).cleaning("DROP MATERIALIZED VIEW public.shown; DROP VIEW public.asked"),
                of("a parent whose child is another's table", """
                        CREATE TABLE okx.parent (id int);
                        ALTER TABLE okx.parent OWNER TO okx_role;
                        GRANT SELECT ON okx.parent TO readerNN;
                        CREATE TABLE komainu.child () INHERITS (okx.parent);
                        ALTER TABLE komainu.child OWNER TO komainu_role;
                        GRANT SELECT ON komainu.child TO readerNN
                        """, "okx_role owns the table okx.parent, of which komainu.child is a part")
                        .cleaning("DROP TABLE komainu.child; DROP TABLE okx.parent"),
                of("a partition in another's schema", """
                        CREATE TABLE okx.parent (id int) PARTITION BY LIST (id);
                        ALTER TABLE okx.parent OWNER TO okx_role;
                        GRANT SELECT ON okx.parent TO readerNN;
                        CREATE TABLE komainu.child PARTITION OF okx.parent FOR VALUES IN (1);
                        ALTER TABLE komainu.child OWNER TO komainu_role;
                        GRANT SELECT ON komainu.child TO readerNN
                        """, "okx_role owns the table okx.parent, of which komainu.child is a part")
                        .cleaning("DROP TABLE komainu.child; DROP TABLE okx.parent"),
                of("a foreign key into another schema", """
                        CREATE TABLE okx.orders (thing int REFERENCES komainu.things (id));
                        ALTER TABLE okx.orders OWNER TO okx_role;
                        GRANT SELECT ON okx.orders TO readerNN
                        """, "okx_role has the foreign key orders_thing_fkey of okx.orders on the table "
                        + "komainu.things").cleaning("DROP TABLE okx.orders"));
    }

    private static List<BreachCase> paths() {
        return List.of(
                of("CREATE on public for all", "GRANT CREATE ON SCHEMA public TO PUBLIC",
                        "PUBLIC may create objects in the schema public").fromAll().toAll().since(15),
                of("CREATE on public", "GRANT CREATE ON SCHEMA public TO okx_role",
                        "okx_role may create objects in the schema public").toAll(),
                of("the search path in this database",
                        "ALTER ROLE okx_role IN DATABASE the_database "
                                + "SET search_path = okx_schema, komainu_schema, public",
                        "okx_role has the schema komainu_schema in its search path"),
                of("the search path in every database", "ALTER ROLE okx_role SET search_path = komainu_schema",
                        "okx_role has the schema komainu_schema in its search path of all databases"));
    }
}
