package io.provision.postgres;

import io.provision.plan.Login;

/**
 * Who runs the tool, on which server, and what it may do there.
 *
 * @param serverVersion {@code server_version_num}, such as 170011
 * @param createsRoles CREATEROLE, or superuser
 * @param inherits whether it has the privileges of the roles that it is a member of without SET ROLE
 * @param createsSchemas CREATE on the database
 * @param standby whether the server takes no writes
 */
public record LoginFacts(
        Login login,
        int serverVersion,
        boolean createsRoles,
        boolean inherits,
        boolean createsSchemas,
        boolean standby) {

    public static LoginFacts read(Session session) {
        return session.query(
                        """
                        SELECT r.rolname,
                               r.rolsuper,
                               r.rolcreaterole,
                               r.rolinherit,
                               current_database(),
                               has_database_privilege(current_database(), 'CREATE'),
                               current_setting('server_version_num')::integer,
                               pg_is_in_recovery()
                        FROM pg_roles r
                        WHERE r.rolname = current_user
                        """,
                        row -> new LoginFacts(
                                new Login(row.getString(1), row.getBoolean(2), row.getString(5)),
                                row.getInt(7),
                                row.getBoolean(2) || row.getBoolean(3),
                                row.getBoolean(2) || row.getBoolean(4),
                                row.getBoolean(6),
                                row.getBoolean(8)))
                .get(0);
    }
}
