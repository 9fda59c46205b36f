package io.provision.postgres.isolation;

import io.provision.postgres.LoginFacts;
import io.provision.postgres.Session;
import io.provision.postgres.Sql;
import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** All roles of the server and who is granted which of them; two queries, and everybody may ask them. */
public final class RolesQuery {

    private final Session session;
    private final boolean options;

    /** @param serverVersion {@code server_version_num} */
    public RolesQuery(Session session, int serverVersion) {
        this.session = session;
        this.options = LoginFacts.membershipsHaveOptions(serverVersion);
    }

    public List<RoleFacts> facts() {
        return session.query(
                """
                SELECT r.rolname, r.rolsuper, r.rolcreaterole, r.rolbypassrls, r.rolreplication, d.oid IS NOT NULL
                FROM pg_roles r
                LEFT JOIN pg_database d ON d.datdba = r.oid AND d.datname = current_database()
                """,
                row -> new RoleFacts(
                        row.getString(1),
                        row.getBoolean(2),
                        row.getBoolean(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getBoolean(6)));
    }

    /** Before PostgreSQL 16 it was the member that inherited or did not, and every member could SET ROLE. */
    public List<RoleGrant> grants() {
        String inheritAndSet = options
                ? "bool_or(m.inherit_option), bool_or(m.set_option)"
                : "bool_or(u.rolinherit), TRUE";
        return session.query(
                """
                SELECT r.rolname, u.rolname, array_agg(pg_get_userbyid(m.grantor)::text ORDER BY m.grantor),
                       %s, bool_or(m.admin_option)
                FROM pg_auth_members m
                JOIN pg_roles r ON r.oid = m.roleid
                JOIN pg_roles u ON u.oid = m.member
                GROUP BY r.rolname, u.rolname
                """
                        .formatted(inheritAndSet),
                row -> new RoleGrant(
                        row.getString(1),
                        row.getString(2),
                        texts(row.getArray(3)),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getBoolean(6)));
    }

    /** The statements that end a membership: from PostgreSQL 16 on, each grantor's own. */
    public List<String> revoking(RoleGrant grant) {
        String revoke = "REVOKE %s FROM %s".formatted(Sql.identifier(grant.role()), Sql.identifier(grant.member()));
        return options
                ? grant.grantors().stream()
                        .map(grantor -> "%s GRANTED BY %s;".formatted(revoke, Sql.identifier(grantor)))
                        .toList()
                : List.of(revoke + ";");
    }

    static List<String> texts(Array array) throws SQLException {
        return array == null ? List.of() : List.copyOf(Arrays.asList((String[]) array.getArray()));
    }
}
