package io.provision.postgres;

import java.util.List;

/**
 * Where the login itself owns a schema, its files run with the login's rights, and the role may make things there.
 * So nothing of another owner may stand there, or in public, that a statement could call without naming it.
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
                WITH trusted AS (
                  SELECT r.oid
                  FROM pg_roles r
                  WHERE r.rolsuper
                     OR r.rolname = current_user
                )
                SELECT 'function ' || f.oid::regprocedure || ' of ' || pg_get_userbyid(f.proowner)
                FROM pg_proc f
                JOIN pg_namespace n ON n.oid = f.pronamespace
                WHERE n.nspname IN (?, 'public')
                  AND f.proowner NOT IN (SELECT oid FROM trusted)
                UNION ALL
                SELECT 'operator ' || o.oid::regoperator || ' of ' || pg_get_userbyid(o.oprowner)
                FROM pg_operator o
                JOIN pg_namespace n ON n.oid = o.oprnamespace
                WHERE n.nspname IN (?, 'public')
                  AND o.oprowner NOT IN (SELECT oid FROM trusted)
                UNION ALL
                SELECT 'trigger ' || t.tgname || ' on ' || t.tgrelid::regclass || ', which calls a function of '
                       || pg_get_userbyid(f.proowner)
                FROM pg_trigger t
                JOIN pg_class c ON c.oid = t.tgrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_proc f ON f.oid = t.tgfoid
                WHERE n.nspname = ?
                  AND NOT t.tgisinternal
                  AND f.proowner NOT IN (SELECT oid FROM trusted)
                ORDER BY 1
                LIMIT 5
                """,
                row -> row.getString(1),
                context.schema(),
                context.schema(),
                context.schema());
        if (!planted.isEmpty()) {
            throw new ScriptFailure(
                    "the schema %s is owned by the login, and its files would run with the login's rights beside %s: "
                                    .formatted(context.schema(), String.join(", ", planted))
                            + "drop them, give them to the login, or set `owner: role`");
        }
    }
}
