package io.provision.postgres;

import io.provision.plan.Login;

/**
 * Who runs the tool, on which server, and what it may do there.
 *
 * @param serverVersion {@code server_version_num}, such as 170011
 * @param createsRoles CREATEROLE, or superuser
 * @param inherits whether it has the privileges of the roles that it is a member of without SET ROLE
 * @param createsSchemas CREATE on the database
 * @param publicConnects whether everybody may connect to the database
 * @param standby whether the server takes no writes
 */
public record LoginFacts(
        Login login,
        int serverVersion,
        boolean createsRoles,
        boolean inherits,
        boolean createsSchemas,
        boolean publicConnects,
        boolean standby) {

    /** Since then, memberships have options of their own, ADMIN, INHERIT and SET, and CREATEROLE counts for less. */
    private static final int MEMBERSHIP_OPTIONS = 160000;

    /**
     * Who provisions here: the owner of the journal's schema, or this login where there is no journal yet. A look by
     * another login is held against what that one makes.
     */
    public static Login provisioner(Session session, LoginFacts facts, String journalSchema) {
        return session
                .query(
                        """
                        SELECT r.rolname, r.rolsuper
                        FROM pg_namespace n
                        JOIN pg_roles r ON r.oid = n.nspowner
                        WHERE n.nspname = ?
                        """,
                        row -> new Login(row.getString(1), row.getBoolean(2), facts.login().database()),
                        journalSchema)
                .stream()
                .findFirst()
                .orElse(facts.login());
    }

    /** Whether it can make nothing here, as that of a pipeline which plans and leaves provisioning to another. */
    public boolean onlyLooks() {
        return !login.superuser() && !createsRoles && !createsSchemas;
    }

    /** Whether each membership says if it inherits and may SET ROLE; or else the member's INHERIT does, and all may. */
    public boolean membershipsHaveOptions() {
        return membershipsHaveOptions(serverVersion);
    }

    /** @param serverVersion {@code server_version_num} */
    public static boolean membershipsHaveOptions(int serverVersion) {
        return serverVersion >= MEMBERSHIP_OPTIONS;
    }

    /** Whether CREATEROLE reaches roles that another login made, without ADMIN on them. */
    boolean createRoleReachesEveryRole() {
        return serverVersion < MEMBERSHIP_OPTIONS;
    }

    public static LoginFacts read(Session session) {
        return session.query(
                        """
                        SELECT r.rolname,
                               r.rolsuper,
                               r.rolcreaterole,
                               r.rolinherit,
                               current_database(),
                               has_database_privilege(current_database(), 'CREATE'),
                               has_database_privilege('public', current_database(), 'CONNECT'),
                               current_setting('server_version_num')::integer,
                               pg_is_in_recovery()
                        FROM pg_roles r
                        WHERE r.rolname = current_user
                        """,
                        row -> new LoginFacts(
                                new Login(row.getString(1), row.getBoolean(2), row.getString(5)),
                                row.getInt(8),
                                row.getBoolean(2) || row.getBoolean(3),
                                row.getBoolean(2) || row.getBoolean(4),
                                row.getBoolean(6),
                                row.getBoolean(7),
                                row.getBoolean(9)))
                .get(0);
    }
}
