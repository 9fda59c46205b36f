package io.provision.verify;

import static io.provision.verify.BreachCase.of;

import java.util.List;
import java.util.stream.Stream;

/** What an ACL or a default privilege opens. */
final class RightBreaches {

    private RightBreaches() {}

    static Stream<BreachCase> all() {
        return Stream.of(grants()).flatMap(List::stream);
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
                of("default privileges everywhere, of the login that provisions",
                        "ALTER DEFAULT PRIVILEGES FOR ROLE the_login GRANT SELECT ON TABLES TO okx_role",
                        "okx_role will be granted SELECT on the tables that the_login makes in komainu_schema"),
                of("default privileges everywhere, for PUBLIC",
                        "ALTER DEFAULT PRIVILEGES FOR ROLE komainu_role GRANT SELECT ON TABLES TO PUBLIC",
                        "PUBLIC will be granted SELECT on the tables that komainu_role makes").fromAll());
    }
}
