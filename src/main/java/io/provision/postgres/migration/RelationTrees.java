package io.provision.postgres.migration;

import io.provision.plan.Mark;
import io.provision.postgres.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * The objects that are named, with all partitions and inheritance children below them. Where a parent has moved before,
 * those below it that have come since.
 */
final class RelationTrees {

    /**
     * @param catalog {@code pg_class}, or the catalog of what is no relation
     * @param kind {@code relkind} of a relation, {@code typtype} of a type
     * @param schema where it stands
     */
    record Found(
            int route, String catalog, long oid, String name, char kind, String schema, String owner) {}

    private final Session session;

    RelationTrees(Session session) {
        this.session = session;
    }

    List<Found> of(List<NamePattern> patterns) {
        return session.query(
                """
                WITH RECURSIVE wanted AS (
                  SELECT w.route, w.kind, w.name::name, w.text, w.pattern, w.low::name, w.high::name, w.late,
                         f.oid AS source, t.oid AS target, quote_ident(w.came) || '.' AS came,
                         quote_ident(w.goes) || '.' AS goes
                  FROM (
                    SELECT route, kind, name, name AS text, pattern, low, high, late, came, goes
                    FROM unnest(?::integer[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[],
                                ?::text[], ?::text[])
                      AS u (route, kind, name, pattern, low, high, late, came, goes)
                  ) w
                  JOIN pg_namespace f ON f.nspname = w.came
                  LEFT JOIN pg_namespace t ON t.nspname = w.goes
                ),
                places AS (
                  SELECT w.*, w.source AS place
                  FROM wanted w
                  UNION ALL
                  SELECT w.*, w.target
                  FROM wanted w
                  WHERE w.late
                ),
                matches AS (
                  SELECT p.route, c.oid, c.relkind, c.relhassubclass, p.place = p.source AS here
                  FROM places p
                  JOIN pg_class c ON c.relname = p.name AND c.relnamespace = p.place
                  WHERE p.kind = 'NAME'
                    -- Left where a table stood that has moved.
                    AND NOT (c.relkind = 'v' AND starts_with(coalesce(obj_description(c.oid, 'pg_class'), ''), ?))
                  UNION ALL
                  SELECT p.route, c.oid, c.relkind, c.relhassubclass, p.place = p.source
                  FROM places p
                  CROSS JOIN LATERAL (
                    SELECT *
                    FROM pg_class c
                    WHERE c.relname >= p.low
                      AND c.relname < p.high
                      AND c.relnamespace = p.place
                      AND c.relkind IN ('r', 'p', 'f')
                      AND c.relname LIKE p.pattern
                    OFFSET 0 -- a step into the index for each glob, however many there are
                  ) c
                  WHERE p.kind = 'RANGE'
                  UNION ALL
                  SELECT p.route, c.oid, c.relkind, c.relhassubclass, p.place = p.source
                  FROM places p
                  JOIN pg_class c ON c.relnamespace = p.place
                  WHERE p.kind = 'GLOB'
                    AND c.relkind IN ('r', 'p', 'f')
                    AND c.relname LIKE p.pattern
                ),
                tree (route, oid) AS (
                  SELECT route, oid
                  FROM matches
                  WHERE here OR relhassubclass AND relkind IN ('r', 'p', 'f')
                  UNION
                  SELECT t.route, i.inhrelid
                  FROM tree t
                  JOIN pg_inherits i ON i.inhparent = t.oid
                  JOIN pg_class c ON c.oid = i.inhrelid AND c.relkind IN ('r', 'p', 'f')
                ),
                found AS (
                  SELECT t.route, 'pg_class' AS catalog, c.oid, c.relname::text AS name, c.relkind AS kind,
                         c.relnamespace AS schema, c.relowner AS owner
                  FROM tree t
                  JOIN pg_class c ON c.oid = t.oid
                  UNION ALL
                  SELECT w.route, 'pg_proc', p.oid, quote_ident(p.proname) || '()', p.prokind, w.source, p.proowner
                  FROM wanted w
                  JOIN pg_proc p ON p.proname = w.name AND p.pronamespace = w.source AND p.pronargs = 0
                  WHERE w.kind = 'CALL'
                  UNION ALL
                  SELECT w.route, 'pg_proc', p.oid, w.text, p.prokind, w.source, p.proowner
                  FROM wanted w
                  JOIN pg_proc p ON p.pronamespace = w.source
                   AND replace(quote_ident(p.proname) || '(' || pg_get_function_identity_arguments(p.oid) || ')',
                               w.came, w.goes) = replace(w.text, w.came, w.goes)
                  WHERE w.kind = 'FUNCTION'
                  UNION ALL
                  SELECT w.route, 'pg_type', y.oid, y.typname, y.typtype, w.source, y.typowner
                  FROM wanted w
                  JOIN pg_type y ON y.typname = w.name AND y.typnamespace = w.source
                  WHERE w.kind = 'TYPE'
                  UNION ALL
                  SELECT w.route, 'pg_statistic_ext', x.oid, x.stxname, ' ', w.source, x.stxowner
                  FROM wanted w
                  JOIN pg_statistic_ext x ON x.stxname = w.name AND x.stxnamespace = w.source
                  WHERE w.kind = 'STATISTICS'
                )
                SELECT f.route, f.catalog, f.oid, f.name, f.kind, n.nspname, pg_get_userbyid(f.owner)
                FROM found f
                JOIN pg_namespace n ON n.oid = f.schema
                WHERE (f.route, f.schema) NOT IN (
                  SELECT route, target
                  FROM wanted
                  WHERE target IS NOT NULL
                )
                ORDER BY f.route, f.catalog, f.name, n.nspname
                """,
                RelationTrees::found,
                texts(patterns, p -> p.route().number()),
                texts(patterns, NamePattern::kind),
                texts(patterns, NamePattern::name),
                texts(patterns, NamePattern::like),
                texts(patterns, NamePattern::low),
                texts(patterns, NamePattern::high),
                texts(patterns, p -> !p.route().back()),
                texts(patterns, p -> p.route().from()),
                texts(patterns, p -> p.route().to()),
                Mark.PREFIX);
    }

    private static Found found(ResultSet row) throws SQLException {
        return new Found(
                row.getInt(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5).charAt(0),
                row.getString(6),
                row.getString(7));
    }

    private static List<String> texts(Collection<NamePattern> patterns, Function<NamePattern, Object> part) {
        return patterns.stream().map(p -> String.valueOf(part.apply(p))).toList();
    }

    /**
     * @param child relation that moves
     * @param parent above it, in the schema that the child leaves, and stays there
     */
    record Left(long child, String parent, boolean partition) {}

    /** What would be torn off a parent that stays. */
    List<Left> leavingParents(MovingSet set) {
        return session.query(
                "WITH " + MovingSet.RELATIONS
                        + """
                        SELECT m.oid, p.relname, c.relispartition
                        FROM moving m
                        JOIN pg_class c ON c.oid = m.oid
                        JOIN pg_inherits i ON i.inhrelid = m.oid
                        JOIN pg_class p ON p.oid = i.inhparent AND p.relnamespace = m.source
                        WHERE i.inhparent NOT IN (SELECT oid FROM moving)
                        ORDER BY 1, 2
                        """,
                row -> new Left(row.getLong(1), row.getString(2), row.getBoolean(3)),
                set.oids(),
                set.routes(),
                set.sources());
    }
}
