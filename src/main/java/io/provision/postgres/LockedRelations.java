package io.provision.postgres;

import io.provision.plan.Change;
import io.provision.plan.SqlObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Finds what the changes of a transaction lock, whatever they name: with a table its sequences; with what is dropped
 * all that goes along, the tables that its foreign keys reference, and the table that it is a part of.
 */
final class LockedRelations {

    /** What is named, and what goes with it; {@code touched} is all that is locked. */
    private static final String TOUCHED =
            """
            WITH RECURSIVE placed AS (
              SELECT c.oid
              FROM unnest(?::text[], ?::text[]) AS w (schema, name)
              JOIN pg_namespace n ON n.nspname = w.schema
              JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.name
            ),
            moved AS (
              SELECT oid
              FROM placed
              UNION
              SELECT d.objid
              FROM placed m
              JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = m.oid
              JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
              WHERE d.classid = 'pg_class'::regclass
                AND d.deptype IN ('a', 'i')
            ),
            wanted AS (
              SELECT *
              FROM unnest(?::text[], ?::text[], ?::text[]) AS w (type, identity, part)
            ),
            part AS (
              SELECT o.classid, o.objid
              FROM (
                SELECT 'pg_trigger'::regclass::oid AS classid, t.oid AS objid
                FROM pg_trigger t
                WHERE t.tgrelid IN (SELECT to_regclass(part) FROM wanted)
                UNION ALL
                SELECT 'pg_rewrite'::regclass, r.oid
                FROM pg_rewrite r
                WHERE r.ev_class IN (SELECT to_regclass(part) FROM wanted)
                UNION ALL
                SELECT 'pg_policy'::regclass, p.oid
                FROM pg_policy p
                WHERE p.polrelid IN (SELECT to_regclass(part) FROM wanted)
                UNION ALL
                SELECT 'pg_constraint'::regclass, k.oid
                FROM pg_constraint k
                WHERE k.conrelid IN (SELECT to_regclass(part) FROM wanted)
              ) o
              CROSS JOIN LATERAL pg_identify_object(o.classid, o.objid, 0) i
              JOIN wanted w ON w.type = i.type AND w.identity = i.identity
            ),
            gone (classid, objid) AS (
              -- Up to 15 it fails on what is no name, such as a trigger's identity.
              SELECT 'pg_class'::regclass::oid,
                     to_regclass(CASE
                       WHEN w.type IN ('table', 'foreign table', 'view', 'materialized view', 'sequence', 'index')
                       THEN w.identity
                     END)::oid
              FROM wanted w
              UNION
              SELECT 'pg_statistic_ext'::regclass, x.oid
              FROM pg_statistic_ext x
              JOIN pg_namespace n ON n.oid = x.stxnamespace
              WHERE format('%I.%I', n.nspname, x.stxname) IN (
                  SELECT identity
                  FROM wanted
                  WHERE type = 'statistics object'
                )
              UNION
              SELECT classid, objid
              FROM part
              UNION
              SELECT d.classid, d.objid
              FROM gone g
              JOIN pg_depend d ON d.refclassid = g.classid AND d.refobjid = g.objid
              WHERE d.deptype IN ('a', 'i', 'P', 'S')
            ),
            heirs (oid) AS (
              SELECT k.conrelid
              FROM part p
              JOIN pg_constraint k ON k.oid = p.objid
              WHERE p.classid = 'pg_constraint'::regclass
              UNION
              SELECT i.inhrelid
              FROM heirs h
              JOIN pg_inherits i ON i.inhparent = h.oid
            ),
            touched (oid) AS (
              SELECT oid
              FROM moved
              UNION
              SELECT oid
              FROM heirs
              UNION
              SELECT unnest(ARRAY[
                CASE WHEN g.classid = 'pg_class'::regclass THEN g.objid END,
                x.indrelid, i.inhparent, e.partdefid, t.tgrelid, k.conrelid, k.confrelid, r.ev_class, p.polrelid,
                s.stxrelid
              ])
              FROM gone g
              LEFT JOIN pg_index x ON g.classid = 'pg_class'::regclass AND x.indexrelid = g.objid
              LEFT JOIN pg_class c ON g.classid = 'pg_class'::regclass AND c.oid = g.objid AND c.relispartition
              LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
              LEFT JOIN pg_partitioned_table e ON e.partrelid = i.inhparent
              LEFT JOIN pg_trigger t ON g.classid = 'pg_trigger'::regclass AND t.oid = g.objid
              LEFT JOIN pg_constraint k ON g.classid = 'pg_constraint'::regclass AND k.oid = g.objid
              LEFT JOIN pg_rewrite r ON g.classid = 'pg_rewrite'::regclass AND r.oid = g.objid
              LEFT JOIN pg_policy p ON g.classid = 'pg_policy'::regclass AND p.oid = g.objid
              LEFT JOIN pg_statistic_ext s ON g.classid = 'pg_statistic_ext'::regclass AND s.oid = g.objid
            ),
            """;

    /**
     * What is to be proven empty, and what queries lock before it; {@code first} of that is all where nothing stays
     * that others use.
     */
    private static final String FIRST =
            """
            proven AS (
              SELECT to_regclass(w.identity)::oid AS oid, w.identity
              FROM unnest(?::text[]) AS w (identity)
            ),
            above (proven, oid) AS (
              SELECT oid, oid
              FROM proven
              WHERE oid IS NOT NULL
              UNION
              SELECT a.proven, e.oid
              FROM above a
              CROSS JOIN LATERAL (
                SELECT i.inhparent
                FROM pg_inherits i
                WHERE i.inhrelid = a.oid
                UNION
                SELECT r.ev_class
                FROM pg_depend d
                JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND r.ev_type = '1'
                WHERE d.refclassid = 'pg_class'::regclass
                  AND d.refobjid = a.oid
                UNION
                -- Whoever deletes from it looks for what still refers to the row.
                SELECT k.confrelid
                FROM pg_constraint k
                WHERE k.contype = 'f'
                  AND k.conrelid = a.oid
              ) e (oid)
            ),
            late AS (
              SELECT DISTINCT a.proven
              FROM above a
              JOIN touched t ON t.oid = a.oid
              WHERE a.oid NOT IN (
                  SELECT objid
                  FROM gone
                  WHERE classid = 'pg_class'::regclass
                    AND objid IS NOT NULL
                )
            ),
            first AS (
              SELECT a.oid
              FROM above a
              WHERE a.proven NOT IN (SELECT proven FROM late)
            ),
            """;

    /** Far more than views are nested; it ends what by their rules goes round in circles. */
    private static final int DEEPEST = 100;

    private final Session session;

    LockedRelations(Session session) {
        this.session = session;
    }

    /**
     * In the order in which queries lock: a view before what it reads, the outermost first; a parent before its
     * children; sequences last. Whoever has begun a query can go on, and does not end in a deadlock with the run.
     */
    List<LockedRelation> of(Collection<Change> changes) {
        List<Touched.Placed> placed = changes.stream().flatMap(change -> Touched.placed(change).stream()).toList();
        List<SqlObject> dropped = changes.stream().flatMap(change -> Touched.dropped(change).stream()).toList();
        if (placed.isEmpty() && dropped.isEmpty()) {
            return List.of();
        }
        List<String> parts = new ArrayList<>();
        dropped.forEach(object -> parts.add(object.table().orElse(null)));
        return session.query(
                TOUCHED
                        + FIRST
                        + """
                        below (oid, depth) AS (
                          SELECT oid, 0
                          FROM touched
                          UNION
                          SELECT e.oid, b.depth + 1
                          FROM below b
                          CROSS JOIN LATERAL (
                            SELECT i.inhrelid
                            FROM pg_inherits i
                            WHERE i.inhparent = b.oid
                            UNION
                            SELECT d.refobjid
                            FROM pg_rewrite r
                            JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
                            WHERE r.ev_class = b.oid
                              AND r.ev_type = '1'
                              AND d.refclassid = 'pg_class'::regclass
                              AND d.refobjid <> b.oid
                          ) e (oid)
                          WHERE b.depth < %d
                        ),
                        ranks AS (
                          SELECT b.oid, max(b.depth) AS rank
                          FROM below b
                          JOIN touched t ON t.oid = b.oid
                          GROUP BY b.oid
                        )
                        SELECT c.oid::text, n.nspname, c.relname, pg_get_userbyid(c.relowner),
                               c.oid IN (SELECT oid FROM moved)
                                 OR pg_has_role(c.relowner, 'USAGE') AND has_schema_privilege(n.oid, 'USAGE'),
                               c.relkind IN ('r', 'p')
                                 AND has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE')
                                 AND has_schema_privilege(n.oid, 'USAGE'),
                               c.oid IN (SELECT oid FROM first),
                               p.identity
                        FROM ranks
                        JOIN pg_class c ON c.oid = ranks.oid
                        JOIN pg_namespace n ON n.oid = c.relnamespace
                        LEFT JOIN proven p ON p.oid = c.oid
                        WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
                        ORDER BY c.relkind = 'S', ranks.rank, n.nspname, c.relname
                        """
                                .formatted(DEEPEST),
                row -> new LockedRelation(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getBoolean(5),
                        row.getBoolean(6),
                        row.getBoolean(7),
                        Optional.ofNullable(row.getString(8))),
                placed.stream().map(Touched.Placed::schema).toList(),
                placed.stream().map(Touched.Placed::name).toList(),
                dropped.stream().map(SqlObject::catalogType).toList(),
                dropped.stream().map(SqlObject::identity).toList(),
                parts,
                dropped.stream().filter(SqlObject::onlyEmpty).map(SqlObject::identity).toList());
    }
}
