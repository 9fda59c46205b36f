package io.provision.verify;

import static io.provision.verify.BreachCase.of;

import java.util.List;
import java.util.stream.Stream;

/** What a role is, or can become. */
final class RoleBreaches {

    private RoleBreaches() {}

    static Stream<BreachCase> all() {
        return Stream.of(memberships(), attributes()).flatMap(List::stream);
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
                of("pg_monitor", "GRANT pg_monitor TO okx_role", "okx_role is a member of pg_monitor, which is a "
                        + "member of pg_read_all_stats, which may see the statements of all sessions").toAll(),
                of("pg_signal_backend", "GRANT pg_signal_backend TO okx_role", "may end the sessions of all others")
                        .toAll(),
                of("pg_execute_server_program", "GRANT pg_execute_server_program TO okx_role",
                        "may run programs as the server").toAll(),
                of("the database's owner", "ALTER DATABASE the_database OWNER TO okx_role",
                        "okx_role owns the database").toAll());
    }
}
