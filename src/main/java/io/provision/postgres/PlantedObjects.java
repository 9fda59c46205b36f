package io.provision.postgres;

import java.util.List;

/**
 * Where the login itself owns a schema, its files run with the login's rights, and the role may make things there.
 * So nothing of another owner may stand there, or in {@code public}, which comes next in the search path, that a
 * statement could call without naming it.
 */
final class PlantedObjects {

    private final Session session;

    PlantedObjects(Session session) {
        this.session = session;
    }

    /** @throws ScriptFailure that names what stands in the way */
    void refuse(ScriptContext context) {
        List<String> planted = session.query(
                """
                WITH places AS (
                  SELECT n.oid AS place, n.nspname, n.nspowner
                  FROM pg_namespace n
                  WHERE n.nspname IN (?, 'public')
                ),
                trusted AS (
                  -- Whoever made the schema, or may do what the login may anyway.
                  SELECT r.oid
                  FROM pg_roles r
                  WHERE r.rolsuper
                     OR r.rolname = current_user
                     OR r.oid IN (SELECT nspowner FROM places)
                     OR r.oid = (
                       SELECT datdba
                       FROM pg_database
                       WHERE datname = current_database()
                     )
                )
                SELECT 'function ' || f.oid::regprocedure || ' of ' || pg_get_userbyid(f.proowner)
                FROM pg_proc f
                JOIN places p ON p.place = f.pronamespace
                WHERE f.proowner NOT IN (SELECT oid FROM trusted)
                UNION ALL
                SELECT 'operator ' || o.oid::regoperator || ' of ' || pg_get_userbyid(o.oprowner)
                FROM pg_operator o
                JOIN places p ON p.place = o.oprnamespace
                WHERE o.oprowner NOT IN (SELECT oid FROM trusted)
                UNION ALL
                SELECT 'trigger ' || t.tgname || ' on ' || t.tgrelid::regclass || ', which calls a function of '
                       || pg_get_userbyid(f.proowner)
                FROM pg_trigger t
                JOIN pg_class c ON c.oid = t.tgrelid
                JOIN places p ON p.place = c.relnamespace
                JOIN pg_proc f ON f.oid = t.tgfoid
                WHERE NOT t.tgisinternal
                  AND p.nspname <> 'public'
                  AND f.proowner NOT IN (SELECT oid FROM trusted)
                ORDER BY 1
                LIMIT 5
                """,
                row -> row.getString(1),
                context.schema());
        if (!planted.isEmpty()) {
            throw new ScriptFailure(
                    "the schema %s is owned by the login, and its files would run with the login's rights beside %s: "
                                    .formatted(context.schema(), String.join(", ", planted))
                            + "drop them, give them to the login, or set `owner: role`");
        }
    }
}
