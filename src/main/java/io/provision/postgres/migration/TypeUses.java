package io.provision.postgres.migration;

/** Who uses a type, and what that belongs to. */
final class TypeUses {

    /**
     * Two CTEs over {@code candidate}. {@code holders} has a row for each dependent: the relation that it belongs to,
     * or the type, or neither for what is no part of a table or type. What came with the type itself is left out.
     */
    static final String OF_CANDIDATES =
            """
            parts AS (
              SELECT c.oid AS used, 'pg_type'::regclass AS class, y.oid
              FROM (SELECT DISTINCT oid, typarray FROM candidate) c
              JOIN pg_type y ON y.oid IN (c.oid, c.typarray)
              UNION ALL
              SELECT c.oid, 'pg_class'::regclass, c.typrelid
              FROM (SELECT DISTINCT oid, typrelid FROM candidate) c
              WHERE c.typrelid <> 0
              UNION ALL
              SELECT c.oid, 'pg_type'::regclass, y.oid
              FROM (
                SELECT DISTINCT oid
                FROM candidate
                WHERE typtype = 'r'
              ) c
              JOIN pg_depend d ON d.refclassid = 'pg_type'::regclass AND d.refobjid = c.oid
               AND d.classid = 'pg_type'::regclass AND d.deptype = 'i'
              JOIN pg_type m ON m.oid = d.objid AND m.typtype = 'm'
              JOIN pg_type y ON y.oid IN (m.oid, m.typarray)
            ),
            holders AS (
              SELECT p.used, d.classid, d.objid, d.objsubid,
                     coalesce(
                       CASE WHEN c.relkind IN ('i', 'I') THEN x.indrelid WHEN c.relkind <> 'c' THEN c.oid END,
                       a.adrelid, nullif(k.conrelid, 0), w.ev_class, t.tgrelid, l.polrelid, s.stxrelid) AS relation,
                     coalesce(
                       CASE WHEN c.relkind = 'c' THEN c.reltype END,
                       nullif(k.contypid, 0),
                       other.used,
                       y.oid) AS type
              FROM parts p
              JOIN pg_depend d ON d.refclassid = p.class AND d.refobjid = p.oid
              LEFT JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
              LEFT JOIN pg_index x ON x.indexrelid = c.oid
              LEFT JOIN pg_attrdef a ON d.classid = 'pg_attrdef'::regclass AND a.oid = d.objid
              LEFT JOIN pg_constraint k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid
              LEFT JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid
              LEFT JOIN pg_trigger t ON d.classid = 'pg_trigger'::regclass AND t.oid = d.objid
              LEFT JOIN pg_policy l ON d.classid = 'pg_policy'::regclass AND l.oid = d.objid
              LEFT JOIN pg_statistic_ext s ON d.classid = 'pg_statistic_ext'::regclass AND s.oid = d.objid
              LEFT JOIN pg_type y ON d.classid = 'pg_type'::regclass AND y.oid = d.objid
              LEFT JOIN parts other ON other.class = d.classid AND other.oid = d.objid
              WHERE NOT EXISTS (
                SELECT
                FROM pg_depend own
                JOIN parts o ON o.used = p.used AND o.class = own.refclassid AND o.oid = own.refobjid
                WHERE own.classid = d.classid
                  AND own.objid = d.objid
                  AND own.deptype = 'i'
              )
            )
            """;

    private TypeUses() {}
}
