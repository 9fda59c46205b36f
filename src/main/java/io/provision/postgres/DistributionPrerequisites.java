package io.provision.postgres;

import io.provision.plan.Change;
import io.provision.plan.Distribution;
import io.provision.plan.Mark;
import io.provision.plan.MigrationResource.CompatView;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.PostgresResource.Membership;
import io.provision.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Citus would refuse, or could never take back, of the schemas that are to be distributed: known before anything
 * is tried. The rules are those of {@code EnsureSchemaCanBeDistributed} and {@code EnsureRelationCanBeDistributed} in
 * Citus 12 and later, and of its {@code undistribute_table}.
 */
final class DistributionPrerequisites {

    private final Session session;
    private final DistributionsQuery query;
    private final List<Change> changes;
    private final Map<String, String> instances = new TreeMap<>();

    DistributionPrerequisites(Session session, List<Change> changes) {
        this.session = session;
        this.query = new DistributionsQuery(session);
        this.changes = changes;
    }

    /** Something that stands, or will, in a schema. */
    private record Found(String schema, String object, DistributionObstacle obstacle, String detail) {}

    List<Problem> lacking(String journalSchema) {
        boolean possible = query.possible();
        changes.stream()
                .filter(change -> change.resource() instanceof Distribution)
                .forEach(change -> instances.put(change.target().target(), change.instance()));
        if (!instances.isEmpty() && !possible) {
            return List.of(Problem.error("`postgres.distribute` is true, and this database cannot distribute schemas")
                    .remedy("let somebody who may run CREATE EXTENSION citus (12.0 or later), or leave `distribute`"
                            + " out"));
        }
        if (possible) {
            addDistributed();
        }
        if (instances.isEmpty()) {
            return List.of();
        }
        List<Problem> problems = new ArrayList<>(journal(journalSchema));
        Stream.of(extensionSchemas(), views(), tables(), alreadyDistributed())
                .flatMap(List::stream)
                .map(this::problem)
                .forEach(problems::add);
        return problems;
    }

    /** What moves into a schema that is distributed already is distributed by moving. */
    private void addDistributed() {
        Map<String, String> targets = changes.stream()
                .filter(change -> change.resource() instanceof Placement)
                .collect(Collectors.toMap(
                        change -> ((Placement) change.resource()).to(), Change::instance, (one, other) -> one));
        if (!targets.isEmpty()) {
            query.among(targets.keySet()).forEach(
                    stands -> instances.putIfAbsent(stands.schema(), targets.get(stands.schema())));
        }
    }

    private Problem problem(Found found) {
        return Problem.error("%s: the schema %s is to be distributed, and %s".formatted(
                        instances.get(found.schema()),
                        found.schema(),
                        found.obstacle().why(found.object(), found.detail())))
                .remedy(found.obstacle().remedy(found.object(), found.detail()));
    }

    private List<Problem> journal(String schema) {
        return query.among(List.of(schema)).stream()
                .map(distributed -> Problem.error(
                                ("the schema %s, which holds the journal, is distributed:"
                                        + " it must stay on the coordinator").formatted(schema))
                        .remedy("name another in `postgres.journal_schema`"))
                .toList();
    }

    private List<Found> extensionSchemas() {
        return session.query(
                """
                SELECT n.nspname, n.nspname, 'EXTENSION_SCHEMA', e.extname
                FROM pg_namespace n
                JOIN pg_extension e ON e.extnamespace = n.oid
                  OR EXISTS (
                    SELECT
                    FROM pg_depend d
                    WHERE d.classid = 'pg_namespace'::regclass
                      AND d.objid = n.oid
                      AND d.refclassid = 'pg_extension'::regclass
                      AND d.refobjid = e.oid
                      AND d.deptype = 'e'
                  )
                WHERE n.nspname IN (SELECT unnest(?::text[]))
                ORDER BY 1, 4
                """,
                DistributionPrerequisites::found,
                instances.keySet());
    }

    private List<Found> views() {
        List<Found> views = new ArrayList<>();
        changes.stream()
                .filter(change -> change.after().orElse(null) instanceof CompatView)
                .map(change -> (CompatView) change.resource())
                .filter(view -> instances.containsKey(view.tableSchema()))
                .forEach(view -> views.add(
                        new Found(view.tableSchema(), view.target(), DistributionObstacle.COMPAT_VIEW, "")));
        views.addAll(session.query(
                """
                SELECT DISTINCT n.nspname, vn.nspname || '.' || v.relname, 'COMPAT_VIEW', ''
                FROM pg_class v
                JOIN pg_namespace vn ON vn.oid = v.relnamespace
                JOIN pg_description c ON c.classoid = 'pg_class'::regclass AND c.objoid = v.oid AND c.objsubid = 0
                JOIN pg_rewrite r ON r.ev_class = v.oid
                JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
                JOIN pg_class t ON d.refclassid = 'pg_class'::regclass AND t.oid = d.refobjid AND t.oid <> v.oid
                JOIN pg_namespace n ON n.oid = t.relnamespace
                WHERE n.nspname IN (SELECT unnest(?::text[]))
                  AND v.relkind = 'v'
                  AND starts_with(c.description, ?)
                ORDER BY 1, 2
                """,
                DistributionPrerequisites::found,
                instances.keySet(),
                Mark.PREFIX));
        return views;
    }

    /** Of those that stand in the schemas, and of those that are to move there, as they will stand then. */
    private List<Found> tables() {
        List<Placement> moving = changes.stream()
                .map(Change::resource)
                .filter(Placement.class::isInstance)
                .map(Placement.class::cast)
                .filter(placement -> instances.containsKey(placement.to()) && placement.type().relation())
                .toList();
        return session.query(
                """
                WITH moving AS (
                  SELECT c.oid, w.goes
                  FROM unnest(?::text[], ?::text[], ?::text[]) AS w (stands, name, goes)
                  JOIN pg_namespace n ON n.nspname = w.stands
                  JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.name
                ),
                tables AS (
                  SELECT c.oid, c.relkind, c.relowner, n.nspname || '.' || c.relname AS name,
                         coalesce(m.goes, n.nspname) AS goes, m.oid IS NOT NULL AS moves
                  FROM pg_class c
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                  LEFT JOIN moving m ON m.oid = c.oid
                  LEFT JOIN unnest(?::text[]) AS w (schema) ON n.nspname = w.schema
                  WHERE (w.schema IS NOT NULL OR m.oid IS NOT NULL)
                    AND c.relkind IN ('r', 'p', 'f')
                ),
                found AS (
                  SELECT t.goes, t.name, 'FOREIGN_TABLE' AS obstacle, '' AS detail
                  FROM tables t
                  WHERE t.relkind = 'f'
                  UNION ALL
                  SELECT t.goes, t.name, 'IDENTITY', a.attname
                  FROM tables t
                  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND a.attidentity <> ''
                  WHERE NOT a.attisdropped
                  UNION ALL
                  SELECT t.goes, t.name,
                         CASE WHEN c.relispartition THEN 'PARTITION' ELSE 'INHERITANCE' END,
                         o.oid::regclass::text
                  FROM tables t
                  JOIN pg_inherits i ON t.oid IN (i.inhrelid, i.inhparent)
                  JOIN pg_class c ON c.oid = i.inhrelid
                  JOIN pg_class o ON o.oid IN (i.inhrelid, i.inhparent) AND o.oid <> t.oid
                  JOIN pg_namespace n ON n.oid = o.relnamespace
                  LEFT JOIN tables other ON other.oid = o.oid
                  WHERE NOT c.relispartition
                     OR coalesce(other.goes, n.nspname) <> t.goes
                  UNION ALL
                  SELECT t.goes, t.name, 'FOREIGN_KEY', k.conname || ' ' || o.oid::regclass::text
                  FROM tables t
                  JOIN pg_constraint k ON k.contype = 'f' AND t.oid IN (k.conrelid, k.confrelid)
                  JOIN pg_class o ON o.oid IN (k.conrelid, k.confrelid) AND o.oid <> t.oid
                  JOIN pg_namespace n ON n.oid = o.relnamespace
                  LEFT JOIN tables other ON other.oid = o.oid
                  WHERE coalesce(other.goes, n.nspname) <> t.goes
                    AND (k.confrelid <> o.oid OR o.oid NOT IN (SELECT unnest(?::oid[])))
                  UNION ALL
                  SELECT t.goes, t.name, 'TRIGGER', g.tgname
                  FROM tables t
                  JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
                  WHERE coalesce(current_setting('citus.enable_unsafe_triggers', true), 'off') <> 'on'
                  UNION ALL
                  SELECT t.goes, t.name, 'EXTENSION_MEMBER', e.extname
                  FROM tables t
                  JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = t.oid AND d.deptype = 'e'
                  JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid
                  UNION ALL
                  SELECT t.goes, t.name, 'OWNER', o.rolname
                  FROM tables t
                  JOIN pg_roles o ON o.oid = t.relowner
                  WHERE NOT t.moves
                    AND NOT pg_has_role(o.oid, 'USAGE')
                    AND o.rolname::text NOT IN (SELECT unnest(?::text[]))
                )
                SELECT goes, name, obstacle, detail
                FROM found
                ORDER BY 1, 2, 3, 4
                """,
                DistributionPrerequisites::found,
                moving.stream().map(Placement::from).toList(),
                moving.stream().map(Placement::name).toList(),
                moving.stream().map(Placement::to).toList(),
                instances.keySet(),
                referenceTables(),
                joined());
    }

    /** Roles that the plan makes the login a member of. */
    private Set<String> joined() {
        return changes.stream()
                .filter(change -> change.after().orElse(null) instanceof Membership)
                .map(change -> ((Membership) change.resource()).role())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Tables that stand on every node, and so within reach of every distributed schema. */
    private Collection<String> referenceTables() {
        return knowsTables()
                ? session.query(
                        """
                        SELECT p.logicalrelid::oid::text
                        FROM pg_catalog.pg_dist_partition p
                        WHERE p.partmethod = 'n'
                          AND p.repmodel = 't'
                        """,
                        row -> row.getString(1))
                : List.of();
    }

    /** Those that Citus only keeps books of, on the coordinator, are as good as plain ones. */
    private List<Found> alreadyDistributed() {
        if (!knowsTables()) {
            return List.of();
        }
        return session.query(
                """
                SELECT n.nspname, n.nspname || '.' || c.relname, 'DISTRIBUTED_TABLE', ''
                FROM pg_catalog.pg_dist_partition p
                JOIN pg_class c ON c.oid = p.logicalrelid::oid
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname IN (SELECT unnest(?::text[]))
                  AND n.oid NOT IN (SELECT schemaid FROM pg_catalog.pg_dist_schema)
                  AND NOT (p.partmethod = 'n' AND p.repmodel = 's' AND p.colocationid = 0)
                ORDER BY 1, 2
                """,
                DistributionPrerequisites::found,
                instances.keySet());
    }

    private boolean knowsTables() {
        return session.query(
                        """
                        SELECT to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL
                        """,
                        row -> row.getBoolean(1))
                .get(0);
    }

    private static Found found(ResultSet row) throws SQLException {
        return new Found(
                row.getString(1), row.getString(2), DistributionObstacle.valueOf(row.getString(3)), row.getString(4));
    }
}
