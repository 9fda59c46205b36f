package io.provision.postgres;

/**
 * Proves that a table is empty before it is dropped: rows may have come since it was looked at, and what has its name
 * may have become something else. A look may run what the owner made, as the login ({@link UnplantedTables}); so it is
 * taken only where the catalogs, under the lock, show nothing of that.
 */
final class EmptyTable {

    private EmptyTable() {}

    /** @param table quoted, as SQL takes it */
    static String guard(String table) {
        return "DO "
                + Sql.literal(
                        """

                        DECLARE
                          filled boolean;
                          looked boolean;
                        BEGIN
                          LOCK TABLE %1$s IN ACCESS EXCLUSIVE MODE;
                          WITH RECURSIVE tree AS (
                            SELECT to_regclass(%2$s)::oid AS oid
                            UNION
                            SELECT i.inhrelid
                            FROM tree t
                            JOIN pg_inherits i ON i.inhparent = t.oid
                          )
                          SELECT sum(pg_relation_size(t.oid)) > 0 OR NOT bool_and(c.relkind IN ('r', 'p')),
                                 bool_and(%5$s)
                          INTO filled, looked
                          FROM tree t
                          JOIN pg_class c ON c.oid = t.oid;
                          IF NOT looked AND filled IS DISTINCT FROM FALSE THEN
                            RAISE EXCEPTION USING MESSAGE = %3$s;
                          END IF;
                          IF filled AND EXISTS (SELECT FROM %1$s) THEN
                            RAISE EXCEPTION USING MESSAGE = %4$s;
                          END IF;
                        END
                        """
                                .formatted(
                                        table,
                                        Sql.literal(table),
                                        Sql.literal(table + " may have got rows, and to look would run what its owner"
                                                + " made: a view, a policy, a function"),
                                        Sql.literal(table + " has got rows meanwhile"),
                                        UnplantedTables.CONDITION));
    }
}
