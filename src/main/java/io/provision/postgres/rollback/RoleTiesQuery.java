package io.provision.postgres.rollback;

import io.provision.plan.SameTexts;
import io.provision.plan.rollback.RoleTie;
import io.provision.postgres.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What holds roles, or would go with them without a word: objects and privileges in this database and others
 * ({@code pg_shdepend}), settings ({@code pg_db_role_setting}), memberships.
 */
final class RoleTiesQuery {

    /** From 16 on, whoever makes a role is given ADMIN on it, by the bootstrap superuser. */
    private static final String NOT_BY_MAKING =
            "AND NOT (a.grantor = 10 AND a.admin_option AND NOT a.inherit_option AND NOT a.set_option)";

    /** From the roles to what depends on them, by its index: the other way, one role takes as long as all. */
    private static final String DEPENDENCIES =
            """
            FROM unnest(?::text[]) AS w (role)
            JOIN pg_roles r ON r.rolname = w.role
            CROSS JOIN LATERAL (
              SELECT d.*
              FROM pg_shdepend d
              WHERE d.refclassid = 'pg_authid'::regclass
                AND d.refobjid = r.oid
              OFFSET 0
            ) s\
            """;

    private final Session session;
    private final boolean grantorsKept;
    private final SameTexts texts = new SameTexts();

    /** @param serverVersion from 16 on, who granted a membership is a tie, too */
    RoleTiesQuery(Session session, int serverVersion) {
        this.session = session;
        this.grantorsKept = serverVersion >= 160000;
    }

    List<RoleTie> of(Collection<String> roles) {
        if (roles.isEmpty()) {
            return List.of();
        }
        List<RoleTie> ties = new ArrayList<>();
        ties.addAll(here(roles));
        ties.addAll(elsewhere(roles));
        ties.addAll(settings(roles));
        ties.addAll(memberships(roles));
        return ties;
    }

    /** What they own and were granted in this database. */
    private List<RoleTie> here(Collection<String> roles) {
        return here(DEPENDENCIES, roles);
    }

    /** The same in some schemas: a reader of ten thousand has ties to all of them. */
    List<RoleTie> in(Collection<String> schemas, Collection<String> roles) {
        return schemas.isEmpty() || roles.isEmpty()
                ? List.of()
                : here(
                        """
                        FROM unnest(?::text[]) AS w (schema)
                        CROSS JOIN LATERAL (
                          SELECT d.classid, d.objid
                          FROM pg_depend d
                          WHERE d.refclassid = 'pg_namespace'::regclass
                            AND d.refobjid = to_regnamespace(quote_ident(w.schema))
                          UNION
                          -- A table's row type hangs on the table.
                          SELECT t.classid, t.objid
                          FROM pg_depend d
                          JOIN pg_depend t
                            ON t.refclassid = d.classid
                            AND t.refobjid = d.objid
                            AND t.classid = 'pg_type'::regclass
                            AND t.deptype = 'i'
                          WHERE d.refclassid = 'pg_namespace'::regclass
                            AND d.refobjid = to_regnamespace(quote_ident(w.schema))
                          OFFSET 0
                        ) i
                        CROSS JOIN LATERAL (
                          SELECT s.*
                          FROM pg_shdepend s
                          WHERE s.classid = i.classid
                            AND s.objid = i.objid
                            AND s.dbid = (
                              SELECT oid
                              FROM pg_database
                              WHERE datname = current_database()
                            )
                          OFFSET 0
                        ) s
                        JOIN pg_roles r ON r.oid = s.refobjid
                        JOIN unnest(?::text[]) AS z (role) ON z.role = r.rolname\
                        """,
                        schemas,
                        roles);
    }

    private List<RoleTie> here(String dependencies, Object... parameters) {
        return session.queryInPortions(
                """
                SELECT r.rolname,
                       CASE
                         WHEN s.classid = 'pg_namespace'::regclass AND s.deptype = 'o' THEN 'OWNS_SCHEMA'
                         WHEN s.classid = 'pg_namespace'::regclass AND s.deptype = 'a' THEN 'GRANTED_SCHEMA'
                         WHEN s.classid = 'pg_default_acl'::regclass THEN 'DEFAULT'
                         WHEN s.deptype = 'o' THEN 'OWNS'
                         WHEN s.deptype = 'a' THEN 'GRANTED'
                         ELSE 'OTHER'
                       END,
                       NULL,
                       n.nspname,
                       s.classid || ':' || s.objid,
                       array_remove(
                         ARRAY[
                           c.relname, t.relname, y.typname, x.stxname,
                           quote_ident(f.proname) || '(' || pg_get_function_identity_arguments(f.oid) || ')'
                         ]::text[],
                         NULL),
                       CASE s.deptype
                         WHEN 'o' THEN 'owns the '
                         WHEN 'a' THEN 'has privileges on the '
                         ELSE 'is named by the '
                       END
                         || coalesce(pg_describe_object(s.classid, s.objid, s.objsubid), 'object ' || s.objid)
                %s
                LEFT JOIN pg_default_acl d ON s.classid = 'pg_default_acl'::regclass AND d.oid = s.objid
                LEFT JOIN pg_class c ON s.classid = 'pg_class'::regclass AND c.oid = s.objid
                LEFT JOIN pg_proc f ON s.classid = 'pg_proc'::regclass AND f.oid = s.objid
                LEFT JOIN pg_type y ON s.classid = 'pg_type'::regclass AND y.oid = s.objid
                LEFT JOIN pg_statistic_ext x ON s.classid = 'pg_statistic_ext'::regclass AND x.oid = s.objid
                LEFT JOIN pg_namespace n
                  ON n.oid = CASE s.classid
                    WHEN 'pg_namespace'::regclass THEN s.objid
                    ELSE coalesce(
                      d.defaclnamespace, c.relnamespace, f.pronamespace, y.typnamespace, x.stxnamespace)
                  END
                LEFT JOIN pg_depend o
                  ON c.relkind = 'S'
                  AND o.classid = 'pg_class'::regclass
                  AND o.objid = c.oid
                  AND o.refclassid = 'pg_class'::regclass
                  AND o.deptype IN ('a', 'i')
                LEFT JOIN pg_class t ON t.oid = o.refobjid
                WHERE s.refclassid = 'pg_authid'::regclass
                  AND s.dbid = (
                    SELECT oid
                    FROM pg_database
                    WHERE datname = current_database()
                  )
                ORDER BY r.rolname, s.deptype = 'a', s.classid, s.objid
                """
                        .formatted(dependencies),
                this::read,
                parameters);
    }

    private List<RoleTie> elsewhere(Collection<String> roles) {
        return session.query(
                """
                SELECT r.rolname, 'OTHER', coalesce(d.datname, '(shared)'), NULL, NULL, '{}'::text[],
                       CASE
                         WHEN s.dbid = 0 THEN 'has to do with the '
                           || coalesce(pg_describe_object(s.classid, s.objid, 0), 'object ' || s.objid)
                         WHEN bool_or(s.deptype = 'o') THEN 'owns something in the database ' || d.datname
                         ELSE 'has privileges in the database ' || d.datname
                       END
                %s
                LEFT JOIN pg_database d ON d.oid = s.dbid
                WHERE s.refclassid = 'pg_authid'::regclass
                  AND s.dbid <> (
                    SELECT oid
                    FROM pg_database
                    WHERE datname = current_database()
                  )
                GROUP BY r.rolname, s.dbid, d.datname, CASE WHEN s.dbid = 0 THEN s.classid END,
                         CASE WHEN s.dbid = 0 THEN s.objid END, s.classid, s.objid
                ORDER BY 1, 3
                """
                        .formatted(DEPENDENCIES),
                this::read,
                roles);
    }

    private List<RoleTie> settings(Collection<String> roles) {
        return session.query(
                """
                SELECT r.rolname,
                       CASE
                         WHEN d.datname = current_database() AND starts_with(c.setting, 'search_path=')
                           THEN 'SEARCH_PATH'
                         ELSE 'SETTING'
                       END,
                       CASE WHEN d.datname <> current_database() THEN d.datname END,
                       NULL, NULL, '{}'::text[],
                       'has the setting ' || split_part(c.setting, '=', 1)
                         || coalesce(' in the database ' || d.datname, '')
                FROM unnest(?::text[]) AS w (role)
                JOIN pg_roles r ON r.rolname = w.role
                JOIN pg_db_role_setting s ON s.setrole = r.oid
                LEFT JOIN pg_database d ON d.oid = s.setdatabase
                CROSS JOIN LATERAL unnest(s.setconfig) AS c (setting)
                ORDER BY 1, 3, 7
                """,
                this::read,
                roles);
    }

    /** What the login itself is a member of, it became by making the role; that goes with the role. */
    private List<RoleTie> memberships(Collection<String> roles) {
        List<RoleTie> ties = new ArrayList<>(session.query(
                """
                SELECT r.rolname, 'MEMBERSHIP', NULL, NULL, NULL, ARRAY[m.rolname::text], 'has the member ' || m.rolname
                FROM unnest(?::text[]) AS w (role)
                JOIN pg_roles r ON r.rolname = w.role
                JOIN pg_auth_members a ON a.roleid = r.oid
                JOIN pg_roles m ON m.oid = a.member
                WHERE m.rolname <> current_user
                  %s
                UNION
                SELECT r.rolname, 'OTHER', NULL, NULL, NULL, ARRAY[g.rolname::text], 'is a member of ' || g.rolname
                FROM unnest(?::text[]) AS w (role)
                JOIN pg_roles r ON r.rolname = w.role
                JOIN pg_auth_members a ON a.member = r.oid
                JOIN pg_roles g ON g.oid = a.roleid
                ORDER BY 1, 7
                """
                        .formatted(grantorsKept ? NOT_BY_MAKING : ""),
                this::read,
                roles,
                roles));
        if (grantorsKept) {
            ties.addAll(session.query(
                    """
                    SELECT r.rolname, 'OTHER', NULL, NULL, NULL, '{}'::text[],
                           'has made ' || m.rolname || ' a member of ' || g.rolname
                    FROM unnest(?::text[]) AS w (role)
                    JOIN pg_roles r ON r.rolname = w.role
                    JOIN pg_auth_members a ON a.grantor = r.oid
                    JOIN pg_roles m ON m.oid = a.member
                    JOIN pg_roles g ON g.oid = a.roleid
                    ORDER BY 1, 7
                    """,
                    this::read,
                    roles));
        }
        return ties;
    }

    private RoleTie read(ResultSet row) throws SQLException {
        return new RoleTie(
                texts.one(row.getString(1)),
                RoleTie.Kind.valueOf(row.getString(2)),
                texts.one(Optional.ofNullable(row.getString(3))),
                texts.one(Optional.ofNullable(row.getString(4))),
                texts.one(Optional.ofNullable(row.getString(5))),
                Stream.of((String[]) row.getArray(6).getArray()).map(texts::one).toList(),
                row.getString(7));
    }
}
