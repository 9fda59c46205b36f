package io.provision.postgres.isolation;

import io.provision.postgres.Session;
import io.provision.postgres.Sql;
import java.util.ArrayList;
import java.util.List;

/** Where what one instance has is tied to what another has: foreign keys, and functions that run on its tables. */
final class CrossReferencesQuery {

    private final Session session;
    private final Tenants tenants;

    CrossReferencesQuery(Session session, Tenants tenants) {
        this.session = session;
        this.tenants = tenants;
    }

    List<Exposure> exposures() {
        List<Exposure> exposures = new ArrayList<>(foreignKeys());
        exposures.addAll(functions());
        return exposures;
    }

    /** Whoever has one learns which keys there are, and holds on to them. */
    private List<Exposure> foreignKeys() {
        return session.query(
                "WITH " + Tenants.WANTED
                        + """
                        SELECT f.role, f.schema, c.relname, k.conname, t.schema, r.relname
                        FROM pg_constraint k
                        JOIN pg_class c ON c.oid = k.conrelid
                        JOIN pg_class r ON r.oid = k.confrelid
                        JOIN wanted f ON f.oid = c.relnamespace
                        JOIN wanted t ON t.oid = r.relnamespace
                        WHERE k.contype = 'f'
                          AND k.conparentid = 0
                          AND f.role <> t.role
                        ORDER BY 1, 2, 3, 4
                        """,
                row -> Exposure.of(
                        row.getString(1),
                        tenants.of(row.getString(5)),
                        row.getString(5),
                        "has the foreign key %s of %s.%s on the table %s.%s".formatted(
                                row.getString(4),
                                row.getString(2),
                                row.getString(3),
                                row.getString(5),
                                row.getString(6)),
                        "ALTER TABLE %s DROP CONSTRAINT %s;".formatted(
                                Sql.qualified(row.getString(2), row.getString(3)), Sql.identifier(row.getString(4)))),
                tenants.schemas(),
                tenants.roles());
    }

    /** In triggers, rules, policies, checks and defaults: such a function runs with the rights of whoever writes. */
    private List<Exposure> functions() {
        return session.query(
                "WITH " + Tenants.WANTED
                        + """
                        , functions AS (
                          SELECT f.oid, r.rolname::text AS owner, n.nspname::text AS schema, f.proname::text AS name,
                                 pg_get_function_identity_arguments(f.oid) AS arguments
                          FROM unnest(?::text[]) AS w (name)
                          JOIN pg_roles r ON r.rolname = w.name
                          JOIN pg_proc f ON f.proowner = r.oid
                          JOIN pg_namespace n ON n.oid = f.pronamespace
                        ),
                        uses AS (
                          SELECT d.refobjid AS function,
                                 coalesce(t.tgrelid, a.adrelid, k.conrelid, w.ev_class, p.polrelid) AS used
                          FROM pg_depend d
                          LEFT JOIN pg_trigger t ON d.classid = 'pg_trigger'::regclass AND t.oid = d.objid
                          LEFT JOIN pg_attrdef a ON d.classid = 'pg_attrdef'::regclass AND a.oid = d.objid
                          LEFT JOIN pg_constraint k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid
                          LEFT JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid
                          LEFT JOIN pg_policy p ON d.classid = 'pg_policy'::regclass AND p.oid = d.objid
                          WHERE d.refclassid = 'pg_proc'::regclass
                            AND d.refobjid IN (SELECT oid FROM functions)
                        )
                        SELECT DISTINCT f.owner, f.schema, f.name, f.arguments, t.schema, c.relname
                        FROM uses u
                        JOIN functions f ON f.oid = u.function
                        JOIN pg_class c ON c.oid = u.used
                        JOIN wanted t ON t.oid = c.relnamespace
                        WHERE f.owner <> t.role
                          AND f.schema <> t.schema
                        ORDER BY 1, 2, 3, 4, 5, 6
                        """,
                row -> Exposure.of(
                        row.getString(1),
                        tenants.of(row.getString(5)),
                        row.getString(5),
                        "owns the function %s.%s(%s), which runs as whoever uses the table %s.%s".formatted(
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6)),
                        "ALTER ROUTINE %s(%s) OWNER TO %s;".formatted(
                                Sql.qualified(row.getString(2), row.getString(3)),
                                row.getString(4),
                                Sql.identifier(tenants.of(row.getString(5)).owner()))),
                tenants.schemas(),
                tenants.roles(),
                tenants.reach());
    }
}
