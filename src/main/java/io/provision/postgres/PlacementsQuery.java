package io.provision.postgres;

import io.provision.plan.CatalogIdentity;
import io.provision.plan.FoldedAcl;
import io.provision.plan.MigrationResource.CompatView;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.MigrationResource.SchemaAccess;
import io.provision.plan.MigrationResource.SequenceUsage;
import io.provision.plan.Movable;
import io.provision.plan.Resource;
import io.provision.postgres.FoldedAclsQuery.Changing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where objects stand that have moved or are to move, and what was made for it. */
final class PlacementsQuery {

    private final Session session;

    PlacementsQuery(Session session) {
        this.session = session;
    }

    /** Where one stands in both schemas, the one that it comes from counts: it is still to move. */
    List<Resource> placements(Collection<Placement> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        List<Found> found = session.query(
                        """
                        WITH wanted AS (
                          SELECT w.*, n.oid AS place, n.nspname
                          FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                            AS w (type, name, came, goes, owner)
                          JOIN pg_namespace n ON n.nspname IN (w.came, w.goes)
                        ),
                        objects AS (
                          SELECT w.*, c.relowner AS has, c.oid, 'pg_class'::regclass AS catalog
                          FROM wanted w
                          JOIN pg_class c ON c.relnamespace = w.place AND c.relname = w.name
                          WHERE w.type = %1$s
                          UNION ALL
                          SELECT w.*, y.typowner, y.oid, 'pg_type'::regclass
                          FROM wanted w
                          JOIN pg_type y ON y.typnamespace = w.place AND y.typname = w.name
                          WHERE w.type = %2$s
                          UNION ALL
                          SELECT w.*, x.stxowner, x.oid, 'pg_statistic_ext'::regclass
                          FROM wanted w
                          JOIN pg_statistic_ext x ON x.stxnamespace = w.place AND x.stxname = w.name
                          WHERE w.type = 'STATISTICS'
                          UNION ALL
                          SELECT w.*, f.proowner, f.oid, 'pg_proc'::regclass
                          FROM wanted w
                          JOIN pg_proc f ON f.pronamespace = w.place
                          WHERE w.type = 'FUNCTION'
                            AND %3$s
                        )
                        SELECT o.type, o.name, o.came, o.goes, o.nspname, pg_get_userbyid(o.has),
                               o.catalog::text, o.oid, o.owner,
                               CASE WHEN o.catalog IN ('pg_class'::regclass, 'pg_type'::regclass) THEN %4$s END
                        FROM objects o
                        ORDER BY o.nspname = o.came
                        """
                                .formatted(
                                        MovableSql.RELATION, MovableSql.TYPE, MovableSql.IS_FUNCTION, JournalOid.SQL),
                        PlacementsQuery::found,
                        wanted.stream().map(p -> p.type().name()).toList(),
                        wanted.stream().map(Placement::name).toList(),
                        wanted.stream().map(Placement::from).toList(),
                        wanted.stream().map(Placement::to).toList(),
                        wanted.stream().map(Placement::owner).toList());
        Map<Changing, List<FoldedAcl>> folded = new FoldedAclsQuery(session)
                .of(found.stream().filter(Found::changesOwner).map(Found::changing).toList());
        Map<String, Resource> placements = new HashMap<>();
        found.forEach(one -> placements.put(
                one.placement().target(),
                one.placement().folding(folded.getOrDefault(one.changing(), List.of()))));
        return List.copyOf(placements.values());
    }

    private record Found(Placement placement, Changing changing) {

        boolean changesOwner() {
            return !placement.owner().equals(changing.nextOwner());
        }
    }

    private static Found found(ResultSet row) throws SQLException {
        Placement placement = new Placement(
                Movable.valueOf(row.getString(1)),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                List.of());
        long object = row.getLong(8);
        Optional<CatalogIdentity> identity = Optional.ofNullable(row.getObject(10, Long.class))
                .map(journal -> new CatalogIdentity(journal, object));
        return new Found(placement.of(identity), new Changing(row.getString(7), row.getString(8), row.getString(9)));
    }

    List<SchemaAccess> access(Collection<SchemaAccess> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        return session.query(
                """
                SELECT DISTINCT n.nspname, r.rolname
                FROM unnest(?::text[], ?::text[]) AS w (schema, grantee)
                JOIN pg_namespace n ON n.nspname = w.schema
                JOIN pg_roles r ON r.rolname = w.grantee
                CROSS JOIN LATERAL aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
                WHERE a.grantee = r.oid
                  AND a.privilege_type = 'USAGE'
                """,
                row -> new SchemaAccess(row.getString(1), row.getString(2)),
                wanted.stream().map(SchemaAccess::schema).toList(),
                wanted.stream().map(SchemaAccess::grantee).toList());
    }

    List<Resource> sequenceUsage(Collection<SequenceUsage> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        return session.query(
                """
                SELECT DISTINCT n.nspname, s.relname, r.rolname
                FROM unnest(?::text[], ?::text[], ?::text[]) AS w (schema, sequence, grantee)
                JOIN pg_namespace n ON n.nspname = w.schema
                JOIN pg_class s ON s.relnamespace = n.oid AND s.relname = w.sequence AND s.relkind = 'S'
                JOIN pg_roles r ON r.rolname = w.grantee
                CROSS JOIN LATERAL aclexplode(coalesce(s.relacl, acldefault('s', s.relowner))) a
                WHERE a.grantee = r.oid
                  AND a.privilege_type = 'USAGE'
                """,
                row -> new SequenceUsage(row.getString(1), row.getString(2), row.getString(3)),
                wanted.stream().map(SequenceUsage::schema).toList(),
                wanted.stream().map(SequenceUsage::sequence).toList(),
                wanted.stream().map(SequenceUsage::grantee).toList());
    }

    List<Resource> compatViews(Collection<CompatView> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        Map<String, CompatView> byTarget =
                wanted.stream().collect(Collectors.toMap(CompatView::target, view -> view, (one, other) -> one));
        return session
                .query(
                        """
                        SELECT n.nspname || '.' || c.relname,
                               obj_description(c.oid, 'pg_class'),
                               -- Columns of the table and nothing else, whatever they are called there by now. From
                               -- the parsed text: pg_get_viewdef waits for whoever holds the table.
                               EXISTS (
                                 SELECT
                                 FROM pg_rewrite r
                                 JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
                                   AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> c.oid
                                 JOIN pg_class t ON t.oid = d.refobjid AND t.relname = w.name
                                 JOIN pg_namespace s ON s.oid = t.relnamespace AND s.nspname = w.table_schema
                                 CROSS JOIN LATERAL (
                                   SELECT count(*) FILTER (WHERE m.node[1] = 'RANGETBLREF') AS sources,
                                          bool_and(m.node[1] IN (
                                            'QUERY', 'RTE', 'RANGETBLENTRY', 'RTEPERMISSIONINFO', 'ALIAS',
                                            'TARGETENTRY', 'VAR', 'FROMEXPR', 'RANGETBLREF')) AS plain
                                   FROM regexp_matches(r.ev_action::text, '(?<!\\\\){([A-Z]+)', 'g') AS m (node)
                                 ) text
                                 WHERE r.ev_class = c.oid
                                   AND r.rulename = '_RETURN'
                                   AND text.sources = 1
                                   AND text.plain
                               )
                        FROM unnest(?::text[], ?::text[], ?::text[]) AS w (schema, name, table_schema)
                        JOIN pg_namespace n ON n.nspname = w.schema
                        JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.name
                        WHERE c.relkind = 'v'
                        """,
                        row -> {
                            CompatView view = byTarget.get(row.getString(1));
                            return new CompatView(
                                    view.name(),
                                    view.schema(),
                                    row.getBoolean(3) ? view.tableSchema() : "",
                                    Optional.ofNullable(row.getString(2)),
                                    view.acl());
                        },
                        wanted.stream().map(CompatView::schema).toList(),
                        wanted.stream().map(CompatView::name).toList(),
                        wanted.stream().map(CompatView::tableSchema).toList())
                .stream()
                .map(Resource.class::cast)
                .toList();
    }
}
