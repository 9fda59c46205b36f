package io.provision.postgres;

import io.provision.plan.Effect;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A digest of everything that the catalogs say of each object in the schema, and of each that the owner owns
 * elsewhere.
 */
final class DigestsQuery {

    /** As {@link Effect} names it. */
    record Item(String type, String identity, Optional<String> part) {

        Effect effect(Effect.Kind kind) {
            return new Effect(kind, type, identity, part);
        }
    }

    /** Those of the relation {@code r}. */
    private static final String PARTS = RelationPart.each(
            """
            SELECT '%1$s'::regclass, p.oid, 0, to_jsonb(p)::text
            FROM %1$s p
            WHERE p.%2$s = r.oid
              %3$s
            """,
            "UNION ALL\n");

    /** The relation that the object {@code o} is a part of. */
    private static final String WHOLES = RelationPart.each(
            """
            WHEN '%1$s'::regclass
              THEN (
                SELECT nullif(p.%2$s, 0)
                FROM %1$s p
                WHERE p.oid = o.oid
              )
            """,
            "");

    private final Session session;
    private final ScriptContext context;

    DigestsQuery(Session session, ScriptContext context) {
        this.session = session;
        this.context = context;
    }

    Map<Item, String> digests() {
        return session
                .query(
                        """
                        WITH place AS (
                          SELECT n.oid AS schema
                          FROM pg_namespace n
                          WHERE n.nspname = ?
                        ),
                        owned AS (
                          SELECT s.classid, s.objid
                          FROM pg_roles r
                          CROSS JOIN LATERAL (
                            SELECT s.classid, s.objid
                            FROM pg_shdepend s
                            WHERE s.refclassid = 'pg_authid'::regclass
                              AND s.refobjid = r.oid
                              AND s.deptype = 'o'
                              AND s.dbid = (
                                SELECT oid
                                FROM pg_database
                                WHERE datname = current_database()
                              )
                            OFFSET 0
                          ) s
                          WHERE r.rolname = ?
                        ),
                        -- By what depends on the schema, which has an index; the catalogs have none by schema.
                        placed AS (
                          SELECT d.classid, d.objid
                          FROM place
                          CROSS JOIN LATERAL (
                            SELECT d.classid, d.objid
                            FROM pg_depend d
                            WHERE d.refclassid = 'pg_namespace'::regclass
                              AND d.refobjid = place.schema
                            OFFSET 0
                          ) d
                        ),
                        known AS (
                          SELECT classid, objid
                          FROM placed
                          UNION
                          SELECT classid, objid
                          FROM owned
                        ),
                        types AS (
                          SELECT y.*
                          FROM known k
                          CROSS JOIN LATERAL (
                            SELECT y.oid, y.typrelid, y.typelem, to_jsonb(y)::text AS row
                            FROM pg_type y
                            WHERE y.oid = k.objid
                            OFFSET 0
                          ) y
                          WHERE k.classid = 'pg_type'::regclass
                        ),
                        tables AS (
                          SELECT k.objid AS oid
                          FROM known k
                          WHERE k.classid = 'pg_class'::regclass
                          UNION
                          SELECT y.typrelid
                          FROM types y
                          WHERE y.typrelid <> 0
                        ),
                        relations AS (
                          SELECT t.oid
                          FROM tables t
                          UNION
                          SELECT x.indexrelid
                          FROM tables t
                          CROSS JOIN LATERAL (
                            SELECT x.indexrelid
                            FROM pg_index x
                            WHERE x.indrelid = t.oid
                            OFFSET 0
                          ) x
                        ),
                        functions AS (
                          SELECT k.objid AS oid
                          FROM known k
                          WHERE k.classid = 'pg_proc'::regclass
                        ),
                        rows AS (
                          -- What merely counts (pages, rows, freeze ages) is no change of the object, nor is what
                          -- only tells that it has parts (indexes, triggers), which are looked at themselves.
                          SELECT x.class, x.oid, x.part, x.row
                          FROM relations r
                          CROSS JOIN LATERAL (
                            SELECT 'pg_class'::regclass AS class, c.oid, 0 AS part,
                                   (to_jsonb(c)
                                     - '{relpages,reltuples,relallvisible,relallfrozen}'::text[]
                                     - '{relfrozenxid,relminmxid}'::text[]
                                     - '{relhasindex,relhasrules,relhastriggers,relhassubclass,relchecks}'::text[]
                                   )::text AS row
                            FROM pg_class c
                            WHERE c.oid = r.oid
                            UNION ALL
                            SELECT 'pg_class'::regclass, a.attrelid, a.attnum, to_jsonb(a)::text
                            FROM pg_attribute a
                            WHERE a.attrelid = r.oid
                              AND a.attnum > 0
                            UNION ALL
                            SELECT 'pg_class'::regclass, s.seqrelid, 0, to_jsonb(s)::text
                            FROM pg_sequence s
                            WHERE s.seqrelid = r.oid
                            UNION ALL
                            %1$s
                            OFFSET 0
                          ) x
                          UNION ALL
                          SELECT 'pg_proc'::regclass, f.oid, 0, p.row
                          FROM functions f
                          CROSS JOIN LATERAL (
                            SELECT to_jsonb(p)::text AS row
                            FROM pg_proc p
                            WHERE p.oid = f.oid
                            OFFSET 0
                          ) p
                          UNION ALL
                          SELECT 'pg_type'::regclass, y.oid, 0, y.row
                          FROM types y
                          WHERE y.typrelid = 0
                            AND y.typelem = 0
                          UNION ALL
                          SELECT x.class, x.oid, 0, x.row
                          FROM types y
                          CROSS JOIN LATERAL (
                            SELECT 'pg_enum'::regclass AS class, e.oid, to_jsonb(e)::text AS row
                            FROM pg_enum e
                            WHERE e.enumtypid = y.oid
                            UNION ALL
                            SELECT 'pg_constraint'::regclass, k.oid, to_jsonb(k)::text
                            FROM pg_constraint k
                            WHERE k.contypid = y.oid
                            OFFSET 0
                          ) x
                          UNION ALL
                          SELECT 'pg_statistic_ext'::regclass, k.objid, 0, x.row
                          FROM known k
                          CROSS JOIN LATERAL (
                            SELECT to_jsonb(x)::text AS row
                            FROM pg_statistic_ext x
                            WHERE x.oid = k.objid
                            OFFSET 0
                          ) x
                          WHERE k.classid = 'pg_statistic_ext'::regclass
                          UNION ALL
                          SELECT o.classid::regclass, o.objid, 0, ''
                          FROM owned o
                        ),
                        described AS (
                          SELECT class, oid, part, row
                          FROM rows
                          UNION ALL
                          SELECT o.class, o.oid, d.objsubid, 'comment ' || d.description
                          FROM (
                            SELECT DISTINCT class, oid
                            FROM rows
                          ) o
                          CROSS JOIN LATERAL (
                            SELECT d.objsubid, d.description
                            FROM pg_description d
                            WHERE d.classoid = o.class
                              AND d.objoid = o.oid
                            OFFSET 0
                          ) d
                        )
                        SELECT CASE WHEN e.oid IS NULL THEN i.type ELSE 'enum value' END,
                               CASE
                                 WHEN e.oid IS NULL THEN i.identity
                                 ELSE quote_literal(e.enumlabel) || ' of ' || format_type(e.enumtypid, NULL)
                               END,
                               CASE o.class
                                 %2$s
                                 WHEN 'pg_class'::regclass
                                   THEN (
                                     SELECT x.indrelid
                                     FROM pg_index x
                                     WHERE x.indexrelid = o.oid
                                   )
                               END::regclass::text,
                               o.digest
                        FROM (
                          SELECT class, oid, md5(string_agg(row, '' ORDER BY part, row)) AS digest
                          FROM described
                          GROUP BY class, oid
                        ) o
                        LEFT JOIN LATERAL (
                          SELECT e.oid, e.enumlabel, e.enumtypid
                          FROM pg_enum e
                          WHERE o.class = 'pg_enum'::regclass
                            AND e.oid = o.oid
                          OFFSET 0
                        ) e ON TRUE
                        LEFT JOIN LATERAL pg_identify_object(
                          CASE WHEN o.class <> 'pg_enum'::regclass THEN o.class END, o.oid, 0) i ON TRUE
                        """
                                .formatted(PARTS, WHOLES),
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
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one + other, LinkedHashMap::new));
    }
}
