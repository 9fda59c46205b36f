package io.provision.postgres;

import io.provision.plan.Effect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a {@code sql:} file made, changed or dropped: the catalogs before and after, compared row by row. */
final class EffectsQuery {

    /** Object by identity, with a digest of everything that the catalogs say of it. */
    record Snapshot(Map<Item, String> digests) {}

    /** As {@link Effect} names it. */
    private record Item(String type, String identity, Optional<String> part) {

        Effect effect(Effect.Kind kind) {
            return new Effect(kind, type, identity, part);
        }
    }

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
                            AND s.dbid = (
                              SELECT oid
                              FROM pg_database
                              WHERE datname = current_database()
                            )
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
                          -- What merely counts (pages, rows, freeze ages) is no change of the object, nor is what
                          -- only tells that it has parts (indexes, triggers), which are looked at themselves.
                          SELECT 'pg_class'::regclass AS class, c.oid, 0 AS part,
                                 (to_jsonb(c)
                                   - '{relpages,reltuples,relallvisible,relallfrozen}'::text[]
                                   - '{relfrozenxid,relminmxid}'::text[]
                                   - '{relhasindex,relhasrules,relhastriggers,relhassubclass,relchecks}'::text[]
                                 )::text AS row
                          FROM pg_class c
                          JOIN relations r ON r.oid = c.oid
                          UNION ALL
                          SELECT 'pg_class'::regclass, a.attrelid, a.attnum, to_jsonb(a)::text
                          FROM pg_attribute a
                          JOIN relations r ON r.oid = a.attrelid
                          WHERE a.attnum > 0
                          UNION ALL
                          SELECT 'pg_class'::regclass, s.seqrelid, 0, to_jsonb(s)::text
                          FROM pg_sequence s
                          JOIN relations r ON r.oid = s.seqrelid
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
                             OR f.oid IN (
                               SELECT objid
                               FROM owned
                               WHERE classid = 'pg_proc'::regclass
                             )
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
                        ),
                        described AS (
                          SELECT class, oid, part, row
                          FROM rows
                          UNION ALL
                          SELECT d.classoid::regclass, d.objoid, d.objsubid, 'comment ' || d.description
                          FROM pg_description d
                          WHERE (d.classoid, d.objoid) IN (SELECT class, oid FROM rows)
                        )
                        SELECT CASE WHEN e.oid IS NULL THEN i.type ELSE 'enum value' END,
                               CASE
                                 WHEN e.oid IS NULL THEN i.identity
                                 ELSE quote_literal(e.enumlabel) || ' of ' || format_type(e.enumtypid, NULL)
                               END,
                               coalesce(t.tgrelid, w.ev_class, p.polrelid, nullif(k.conrelid, 0), d.adrelid, x.indrelid)
                                 ::regclass::text,
                               o.digest
                        FROM (
                          SELECT class, oid, md5(string_agg(row, '' ORDER BY part, row)) AS digest
                          FROM described
                          GROUP BY class, oid
                        ) o
                        LEFT JOIN pg_enum e ON o.class = 'pg_enum'::regclass AND e.oid = o.oid
                        LEFT JOIN pg_trigger t ON o.class = 'pg_trigger'::regclass AND t.oid = o.oid
                        LEFT JOIN pg_rewrite w ON o.class = 'pg_rewrite'::regclass AND w.oid = o.oid
                        LEFT JOIN pg_policy p ON o.class = 'pg_policy'::regclass AND p.oid = o.oid
                        LEFT JOIN pg_constraint k ON o.class = 'pg_constraint'::regclass AND k.oid = o.oid
                        LEFT JOIN pg_attrdef d ON o.class = 'pg_attrdef'::regclass AND d.oid = o.oid
                        LEFT JOIN pg_index x ON o.class = 'pg_class'::regclass AND x.indexrelid = o.oid
                        LEFT JOIN LATERAL pg_identify_object(
                          CASE WHEN o.class <> 'pg_enum'::regclass THEN o.class END, o.oid, 0) i ON TRUE
                        """,
                        row -> Map.entry(
                                new Item(
                                        String.valueOf(row.getString(1)),
                                        String.valueOf(row.getString(2)),
                                        Optional.ofNullable(row.getString(3))),
                                row.getString(4)),
                        context.schema(),
                        context.owner().orElse(context.role()))
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one + other, LinkedHashMap::new)));
    }

    List<Effect> since(Snapshot before) {
        Map<Item, String> now = snapshot().digests();
        List<Effect> effects = new ArrayList<>();
        now.forEach((item, digest) -> {
            if (!before.digests().containsKey(item)) {
                effects.add(item.effect(Effect.Kind.MADE));
            } else if (!before.digests().get(item).equals(digest)) {
                effects.add(item.effect(Effect.Kind.CHANGED));
            }
        });
        before.digests().keySet().stream()
                .filter(item -> !now.containsKey(item))
                .forEach(item -> effects.add(item.effect(Effect.Kind.DROPPED)));
        effects.sort(Comparator.comparing(Effect::kind).thenComparing(Effect::type).thenComparing(Effect::identity));
        return effects;
    }
}
