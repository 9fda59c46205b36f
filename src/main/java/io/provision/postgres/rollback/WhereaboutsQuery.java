package io.provision.postgres.rollback;

import io.provision.plan.CatalogIdentity;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.Movable;
import io.provision.plan.Resource;
import io.provision.postgres.JournalOid;
import io.provision.postgres.MovableSql;
import io.provision.postgres.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Where objects stand by now that were moved: where they were moved to, where they came from, or anywhere else. */
final class WhereaboutsQuery {

    private final Session session;

    WhereaboutsQuery(Session session) {
        this.session = session;
    }

    /**
     * Of several of one name, the one that was moved, where the journal knows which one that is; then the one that
     * stands where it was moved to; then the one where it came from. One that is known to be another one counts only in
     * the last two places: there it is in the way.
     */
    List<Resource> of(Collection<Placement> placements) {
        if (placements.isEmpty()) {
            return List.of();
        }
        return session.query(
                """
                WITH wanted AS (
                  SELECT w.*
                  FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[])
                    AS w (type, name, came, goes, journal, object)
                ),
                objects AS (
                  SELECT w.*, c.relnamespace AS place, c.relowner AS owner, c.oid::bigint AS oid
                  FROM wanted w
                  JOIN pg_class c ON c.relname = w.name
                  WHERE w.type = %1$s
                  UNION ALL
                  SELECT w.*, y.typnamespace, y.typowner, y.oid::bigint
                  FROM wanted w
                  JOIN pg_type y ON y.typname = w.name
                  WHERE w.type = %2$s
                  UNION ALL
                  SELECT w.*, x.stxnamespace, x.stxowner, NULL
                  FROM wanted w
                  JOIN pg_statistic_ext x ON x.stxname = w.name
                  WHERE w.type = 'STATISTICS'
                  UNION ALL
                  SELECT w.*, f.pronamespace, f.proowner, NULL
                  FROM wanted w
                  JOIN pg_namespace n ON n.nspname IN (w.came, w.goes)
                  JOIN pg_proc f ON f.pronamespace = n.oid
                  WHERE w.type = 'FUNCTION'
                    AND %3$s
                ),
                -- NULL where nothing tells.
                told AS (
                  SELECT o.*, j.now, CASE WHEN o.journal = j.now THEN o.object = o.oid END AS same
                  FROM objects o
                  CROSS JOIN (SELECT %4$s) AS j (now)
                )
                SELECT DISTINCT ON (o.type, o.name, o.came, o.goes)
                       o.type, o.name, o.came, o.goes, n.nspname, pg_get_userbyid(o.owner), o.now, o.oid
                FROM told o
                JOIN pg_namespace n ON n.oid = o.place
                WHERE n.nspname !~ '^pg_'
                  AND (o.same IS NOT FALSE OR n.nspname IN (o.goes, o.came))
                ORDER BY o.type, o.name, o.came, o.goes, o.same IS TRUE DESC,
                         n.nspname = o.goes DESC, n.nspname = o.came DESC, n.nspname
                """
                        .formatted(
                                MovableSql.RELATION, MovableSql.TYPE, MovableSql.IS_FUNCTION, JournalOid.SQL),
                WhereaboutsQuery::found,
                placements.stream().map(p -> p.type().name()).toList(),
                placements.stream().map(Placement::name).toList(),
                placements.stream().map(Placement::from).toList(),
                placements.stream().map(Placement::to).toList(),
                numbers(placements, CatalogIdentity::journal),
                numbers(placements, CatalogIdentity::object));
    }

    private static List<String> numbers(Collection<Placement> placements, ToLongFunction<CatalogIdentity> number) {
        return placements.stream()
                .map(placement -> placement.identity()
                        .map(identity -> Long.toString(number.applyAsLong(identity)))
                        .orElse(null))
                .toList();
    }

    private static Placement found(ResultSet row) throws SQLException {
        Optional<Long> journal = Optional.ofNullable(row.getObject(7, Long.class));
        Optional<Long> object = Optional.ofNullable(row.getObject(8, Long.class));
        return new Placement(
                        Movable.valueOf(row.getString(1)),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        List.of())
                .of(journal.flatMap(j -> object.map(o -> new CatalogIdentity(j, o))));
    }
}
