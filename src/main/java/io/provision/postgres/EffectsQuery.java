package io.provision.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a {@code sql:} file made, changed or dropped: the catalogs before and after, compared row by row. */
final class EffectsQuery {

    /** Object by identity, with a digest of everything that the catalogs say of it. */
    record Snapshot(Map<String, String> digests) {}

    private final Session session;
    private final ScriptContext context;

    EffectsQuery(Session session, ScriptContext context) {
        this.session = session;
        this.context = context;
    }

    /** Everything in the schema, and everything that the owner owns elsewhere. */
    Snapshot snapshot() {
        return new Snapshot(session
                .query(
                        """
                        WITH place AS (
                          SELECT n.oid AS schema
                          FROM pg_namespace n
                          WHERE n.nspname = ?
                        ),
                        owned AS (
                          SELECT s.classid, s.objid
                          FROM pg_shdepend s
                          JOIN pg_roles r ON r.oid = s.refobjid
                          WHERE s.refclassid = 'pg_authid'::regclass
                            AND s.deptype = 'o'
                            AND s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                            AND r.rolname = ?
                        ),
                        relations AS (
                          SELECT c.oid
                          FROM pg_class c, place
                          WHERE c.relnamespace = place.schema
                          UNION
                          SELECT o.objid
                          FROM owned o
                          WHERE o.classid = 'pg_class'::regclass
                        ),
                        rows AS (
                          -- What merely counts (pages, rows, freeze ages) is no change of the object.
                          SELECT 'pg_class'::regclass AS class, c.oid, 0 AS part,
                                 (to_jsonb(c)
                                   - '{relpages,reltuples,relallvisible,relallfrozen}'::text[]
                                   - '{relfrozenxid,relminmxid}'::text[])::text AS row
                          FROM pg_class c
                          JOIN relations r ON r.oid = c.oid
                          UNION ALL
                          SELECT 'pg_class'::regclass, a.attrelid, a.attnum, to_jsonb(a)::text
                          FROM pg_attribute a
                          JOIN relations r ON r.oid = a.attrelid
                          WHERE a.attnum > 0
                          UNION ALL
                          SELECT 'pg_attrdef'::regclass, d.oid, 0, to_jsonb(d)::text
                          FROM pg_attrdef d
                          JOIN relations r ON r.oid = d.adrelid
                          UNION ALL
                          SELECT 'pg_constraint'::regclass, k.oid, 0, to_jsonb(k)::text
                          FROM pg_constraint k, place
                          WHERE k.connamespace = place.schema
                          UNION ALL
                          SELECT 'pg_trigger'::regclass, t.oid, 0, to_jsonb(t)::text
                          FROM pg_trigger t
                          JOIN relations r ON r.oid = t.tgrelid
                          WHERE NOT t.tgisinternal
                          UNION ALL
                          SELECT 'pg_rewrite'::regclass, w.oid, 0, to_jsonb(w)::text
                          FROM pg_rewrite w
                          JOIN relations r ON r.oid = w.ev_class
                          UNION ALL
                          SELECT 'pg_policy'::regclass, p.oid, 0, to_jsonb(p)::text
                          FROM pg_policy p
                          JOIN relations r ON r.oid = p.polrelid
                          UNION ALL
                          SELECT 'pg_proc'::regclass, f.oid, 0, to_jsonb(f)::text
                          FROM pg_proc f, place
                          WHERE f.pronamespace = place.schema
                             OR f.oid IN (SELECT objid FROM owned WHERE classid = 'pg_proc'::regclass)
                          UNION ALL
                          SELECT 'pg_type'::regclass, y.oid, 0, to_jsonb(y)::text
                          FROM pg_type y, place
                          WHERE y.typnamespace = place.schema
                            AND y.typrelid = 0
                            AND y.typelem = 0
                          UNION ALL
                          SELECT 'pg_enum'::regclass, e.oid, 0, to_jsonb(e)::text
                          FROM pg_enum e
                          JOIN pg_type y ON y.oid = e.enumtypid, place
                          WHERE y.typnamespace = place.schema
                          UNION ALL
                          SELECT 'pg_statistic_ext'::regclass, x.oid, 0, to_jsonb(x)::text
                          FROM pg_statistic_ext x, place
                          WHERE x.stxnamespace = place.schema
                          UNION ALL
                          SELECT o.classid::regclass, o.objid, 0, ''
                          FROM owned o
                        )
                        SELECT CASE
                                 WHEN class = 'pg_enum'::regclass
                                   THEN (SELECT 'value ' || e.enumlabel || ' of ' || format_type(e.enumtypid, NULL)
                                         FROM pg_enum e WHERE e.oid = rows.oid)
                                 ELSE coalesce(pg_describe_object(class, oid, 0), class || ' ' || oid)
                               END,
                               md5(string_agg(row, '' ORDER BY part, row))
                        FROM rows
                        GROUP BY class, oid
                        """,
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        context.schema(),
                        context.owner().orElse(context.role()))
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one + other, TreeMap::new)));
    }

    List<String> since(Snapshot before) {
        Map<String, String> now = snapshot().digests();
        List<String> effects = new ArrayList<>();
        now.forEach((object, digest) -> {
            if (!before.digests().containsKey(object)) {
                effects.add("made " + object);
            } else if (!before.digests().get(object).equals(digest)) {
                effects.add("changed " + object);
            }
        });
        before.digests().keySet().stream()
                .filter(object -> !now.containsKey(object))
                .forEach(object -> effects.add("dropped " + object));
        return effects;
    }
}
