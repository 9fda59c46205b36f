package io.provision.postgres;

/**
 * Which tables can be read without running what their owner made. A look runs a view and a policy, and, while it is
 * planned, functions of indexes, checks, statistics and partition keys.
 */
public final class UnplantedTables {

    private UnplantedTables() {}

    /** What SQL says of one, and not of its descendants; {@code c} is its row of {@code pg_class}. */
    public static final String CONDITION =
            """
            c.relkind IN ('r', 'p')
            AND NOT row_security_active(c.oid)
            AND NOT EXISTS (
              SELECT
              FROM (
                SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid
                UNION ALL
                SELECT 'pg_class'::regclass, x.indexrelid
                FROM pg_index x
                WHERE x.indrelid = c.oid
                UNION ALL
                SELECT 'pg_constraint'::regclass, k.oid
                FROM pg_constraint k
                WHERE k.conrelid = c.oid
                UNION ALL
                SELECT 'pg_statistic_ext'::regclass, s.oid
                FROM pg_statistic_ext s
                WHERE s.stxrelid = c.oid
              ) part
              JOIN pg_depend d ON d.classid = part.classid AND d.objid = part.objid
              WHERE d.objsubid = 0
                AND d.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_type'::regclass)
            )
            """;
}
