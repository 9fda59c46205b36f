package io.provision.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * A door that somebody opens by hand, and what a verification is to say of it. {@code okx} and {@code komainu} stand
 * for the two instances, their schemas and roles.
 *
 * @param open what the superuser runs
 * @param from who gets in; empty for every instance
 * @param to where to; empty for every instance
 * @param path what the finding says, among other things
 * @param clean what takes away what the remedy leaves standing
 */
record BreachCase(
        String name, int since, int until, String open, String from, String to, String path, String clean) {

    private static final String OKX = "exchange-okxNN";
    private static final String KOMAINU = "custodian-komainuNN";
    private static final int NEWEST = 99;

    /** On every version; okx gets at what is komainu's. */
    static BreachCase of(String name, String open, String path) {
        return new BreachCase(name, 0, NEWEST, open, OKX, KOMAINU, path, "");
    }

    BreachCase since(int major) {
        return new BreachCase(name, major, until, open, from, to, path, clean);
    }

    BreachCase until(int major) {
        return new BreachCase(name, since, major, open, from, to, path, clean);
    }

    BreachCase fromAll() {
        return new BreachCase(name, since, until, open, "*", to, path, clean);
    }

    BreachCase toAll() {
        return new BreachCase(name, since, until, open, from, "*", path, clean);
    }

    BreachCase cleaning(String statements) {
        return new BreachCase(name, since, until, open, from, to, path, statements);
    }

    boolean isOn(int major) {
        return since <= major && major <= until;
    }

    /** With the names that it stands for. */
    static String written(String text) {
        return text.replace("okx_role", "exchange_okxNN_adapter")
                .replace("komainu_role", "custodian_komainuNN_adapter")
                .replace("okx.", "exchange_okxNN.")
                .replace("komainu.", "custodian_komainuNN.")
                .replace("okx_schema", "exchange_okxNN")
                .replace("komainu_schema", "custodian_komainuNN");
    }

    @Override
    public String toString() {
        return name;
    }

    static List<BreachCase> all() {
        List<BreachCase> cases = new ArrayList<>();
        cases.addAll(grants());
        cases.addAll(memberships());
        cases.addAll(attributes());
        cases.addAll(ownership());
        cases.addAll(code());
        cases.addAll(windows());
        cases.addAll(paths());
        return cases;
    }

    private static List<BreachCase> grants() {
        return List.of(
                of("USAGE on the schema", "GRANT USAGE ON SCHEMA komainu_schema TO okx_role",
                        "okx_role was granted USAGE on the schema komainu_schema"),
                of("USAGE and EXECUTE", """
                        GRANT USAGE ON SCHEMA komainu_schema TO okx_role;
                        CREATE FUNCTION komainu.tell() RETURNS int LANGUAGE sql AS 'SELECT 1';
                        ALTER FUNCTION komainu.tell() OWNER TO komainu_role
                        """, "and so may execute what PUBLIC was granted EXECUTE on the function komainu.tell()")
                        .cleaning("DROP FUNCTION komainu.tell()"),
                of("EXECUTE on one function, USAGE for all", """
                        GRANT USAGE ON SCHEMA komainu_schema TO PUBLIC;
                        CREATE FUNCTION komainu.tell(a int, b text) RETURNS int LANGUAGE sql AS 'SELECT 1';
                        ALTER FUNCTION komainu.tell(int, text) OWNER TO komainu_role;
                        REVOKE EXECUTE ON FUNCTION komainu.tell(int, text) FROM PUBLIC;
                        GRANT EXECUTE ON FUNCTION komainu.tell(int, text) TO okx_role
                        """, "okx_role was granted EXECUTE on the function komainu.tell(a integer, b text)")
                        .cleaning("DROP FUNCTION komainu.tell(int, text)"),
                of("USAGE for PUBLIC", "GRANT USAGE ON SCHEMA komainu_schema TO PUBLIC",
                        "PUBLIC was granted USAGE on the schema komainu_schema").fromAll(),
                of("CREATE on the schema", "GRANT CREATE ON SCHEMA komainu_schema TO okx_role",
                        "okx_role was granted CREATE on the schema komainu_schema"),
                of("a table granted to PUBLIC", "GRANT SELECT ON komainu.things TO PUBLIC",
                        "PUBLIC was granted SELECT on the table komainu.things").fromAll(),
                of("a table in the schema granted to another role",
                        "GRANT SELECT, INSERT ON komainu.things TO okx_role",
                        "okx_role was granted INSERT, SELECT on the table komainu.things"),
                of("a column", "GRANT SELECT (id), UPDATE (id, \"Note\") ON komainu.things TO okx_role",
                        "okx_role was granted UPDATE (Note, id) on the table komainu.things"),
                of("a sequence", "GRANT USAGE ON SEQUENCE komainu.things_id_seq TO okx_role",
                        "okx_role was granted USAGE on the sequence komainu.things_id_seq"),
                of("TRUNCATE and TRIGGER alone", "GRANT TRUNCATE, TRIGGER ON komainu.things TO okx_role",
                        "okx_role was granted TRIGGER, TRUNCATE on the table komainu.things"),
                of("MAINTAIN", "GRANT MAINTAIN ON komainu.things TO okx_role",
                        "okx_role was granted MAINTAIN on the table komainu.things").since(17),
                of("many tables", """
                        CREATE TABLE komainu.a1 (); CREATE TABLE komainu.a2 (); CREATE TABLE komainu.a3 ();
                        CREATE TABLE komainu.a4 ();
                        GRANT SELECT ON komainu.a1, komainu.a2, komainu.a3, komainu.a4 TO okx_role;
                        ALTER TABLE komainu.a1 OWNER TO komainu_role; ALTER TABLE komainu.a2 OWNER TO komainu_role;
                        ALTER TABLE komainu.a3 OWNER TO komainu_role; ALTER TABLE komainu.a4 OWNER TO komainu_role;
                        GRANT SELECT ON komainu.a1, komainu.a2, komainu.a3, komainu.a4 TO readerNN
                        """, "okx_role was granted SELECT on 4 tables of komainu_schema (a1, a2, a3, …)")
                        .cleaning("DROP TABLE komainu.a1, komainu.a2, komainu.a3, komainu.a4"),
                of("a grant by one who was given the grant option", """
                        CREATE ROLE opsNN;
                        GRANT USAGE ON SCHEMA komainu_schema TO opsNN;
                        GRANT SELECT ON komainu.things TO opsNN WITH GRANT OPTION;
                        SET ROLE opsNN;
                        GRANT SELECT ON komainu.things TO okx_role;
                        RESET ROLE
                        """, "okx_role was granted SELECT on the table komainu.things")
                        .cleaning("DROP OWNED BY opsNN; DROP ROLE opsNN"),
                of("a reader who may write", "GRANT INSERT ON audit_NN.things TO okx_role",
                        "okx_role was granted INSERT on the table audit_NN.things").to("audit-NN"),
                of("default privileges of the role",
                        "ALTER DEFAULT PRIVILEGES FOR ROLE komainu_role IN SCHEMA komainu_schema "
                                + "GRANT SELECT ON TABLES TO okx_role",
                        "okx_role will be granted SELECT on the tables that komainu_role makes in komainu_schema"),
                of("default privileges everywhere, for PUBLIC",
                        "ALTER DEFAULT PRIVILEGES FOR ROLE komainu_role GRANT SELECT ON TABLES TO PUBLIC",
                        "PUBLIC will be granted SELECT on the tables that komainu_role makes").fromAll());
    }

    private BreachCase to(String instance) {
        return new BreachCase(name, since, until, open, from, instance, path, clean);
    }

    private static List<BreachCase> memberships() {
        return List.of(
                of("membership in the role", "GRANT komainu_role TO okx_role",
                        "okx_role is a member of komainu_role, which is the role of custodian-komainuNN"),
                of("membership in a reader", "GRANT readerNN TO okx_role",
                        "okx_role is a member of readerNN, which was granted").toAll(),
                of("membership in a role that owns", """
                        CREATE ROLE opsNN;
                        CREATE TABLE komainu.owned ();
                        GRANT SELECT ON komainu.owned TO readerNN, komainu_role;
                        GRANT ALL ON komainu.owned TO komainu_role;
                        ALTER TABLE komainu.owned OWNER TO opsNN;
                        GRANT opsNN TO okx_role
                        """, "okx_role is a member of opsNN, which owns the table komainu.owned")
                        .cleaning("DROP TABLE komainu.owned; DROP ROLE opsNN"),
                of("a long chain of memberships", """
                        CREATE ROLE aNN; CREATE ROLE bNN; CREATE ROLE cNN;
                        GRANT komainu_role TO cNN; GRANT cNN TO bNN; GRANT bNN TO aNN; GRANT aNN TO okx_role
                        """, "okx_role is a member of aNN, which is a member of bNN, which is a member of cNN, "
                        + "which is a member of komainu_role, which is the role of custodian-komainuNN")
                        .cleaning("DROP ROLE aNN, bNN, cNN"),
                of("two ways at once", """
                        CREATE ROLE aNN; CREATE ROLE bNN;
                        GRANT komainu_role TO aNN, bNN; GRANT aNN, bNN TO okx_role
                        """, "okx_role is a member of bNN, which is a member of komainu_role")
                        .cleaning("DROP ROLE aNN, bNN"),
                of("a member that does not inherit", "ALTER ROLE okx_role NOINHERIT; GRANT komainu_role TO okx_role",
                        "okx_role may SET ROLE to komainu_role").until(15)
                        .cleaning("ALTER ROLE okx_role INHERIT"),
                of("a membership with SET alone",
                        "GRANT komainu_role TO okx_role WITH INHERIT FALSE, SET TRUE",
                        "okx_role may SET ROLE to komainu_role").since(16),
                of("a membership with ADMIN alone",
                        "GRANT komainu_role TO okx_role WITH ADMIN TRUE, INHERIT FALSE, SET FALSE",
                        "okx_role may grant itself (ADMIN) komainu_role").since(16),
                of("what is inherited has ADMIN", """
                        CREATE ROLE opsNN;
                        GRANT komainu_role TO opsNN WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;
                        GRANT opsNN TO okx_role WITH SET FALSE, INHERIT TRUE
                        """, "okx_role is a member of opsNN, which may grant itself (ADMIN) komainu_role").since(16)
                        .cleaning("DROP ROLE opsNN"),
                of("a membership that another gave", """
                        CREATE ROLE opsNN;
                        GRANT komainu_role TO opsNN WITH ADMIN OPTION;
                        SET ROLE opsNN;
                        GRANT komainu_role TO okx_role;
                        RESET ROLE
                        """, "okx_role is a member of komainu_role").cleaning("DROP ROLE opsNN"));
    }

    private static List<BreachCase> attributes() {
        return List.of(
                of("superuser", "ALTER ROLE okx_role SUPERUSER", "okx_role is a superuser").toAll(),
                of("a member of a superuser", "CREATE ROLE bossNN SUPERUSER; GRANT bossNN TO okx_role",
                        "okx_role is a member of bossNN, which is a superuser").toAll()
                        .cleaning("DROP ROLE bossNN"),
                of("BYPASSRLS", "ALTER ROLE okx_role BYPASSRLS", "sees past row security (BYPASSRLS)").toAll(),
                of("REPLICATION", "ALTER ROLE okx_role REPLICATION", "may copy the whole server").toAll(),
                of("CREATEROLE", "ALTER ROLE okx_role CREATEROLE", "may grant itself every other role").toAll()
                        .until(15),
                of("pg_read_all_data", "GRANT pg_read_all_data TO okx_role",
                        "okx_role is a member of pg_read_all_data, which may read all tables").toAll().since(14),
                of("pg_write_all_data", "GRANT pg_write_all_data TO okx_role",
                        "okx_role is a member of pg_write_all_data, which may write all tables").toAll().since(14),
                of("pg_maintain", "GRANT pg_maintain TO okx_role", "may lock and maintain all tables").toAll()
                        .since(17),
                of("pg_execute_server_program", "GRANT pg_execute_server_program TO okx_role",
                        "may run programs as the server").toAll(),
                of("the database's owner", "ALTER DATABASE the_database OWNER TO okx_role",
                        "okx_role owns the database").toAll());
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
                of("a materialized view", """
                        CREATE MATERIALIZED VIEW public.shown AS SELECT id FROM komainu.things;
                        GRANT SELECT ON public.shown TO okx_role
                        """, "okx_role was granted SELECT on the view public.shown, which shows komainu.things")
                        .cleaning("DROP MATERIALIZED VIEW public.shown"),
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
