package io.provision.postgres.rollback;

import io.provision.naming.Names;
import io.provision.plan.Effect;
import io.provision.plan.SameTexts;
import io.provision.plan.rollback.ObjectGraph;
import io.provision.plan.rollback.ObjectGraph.Edge;
import io.provision.plan.rollback.ObjectGraph.Node;
import io.provision.postgres.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds what files of {@code sql:} made, by identity, and all that depends on it. */
final class MadeObjectsQuery {

    private static final Set<String> RELATIONS = Set.of(
            "table", "foreign table", "view", "materialized view", "sequence", "index", "composite type");
    private static final Set<String> IN_SCHEMAS =
            Set.of("function", "procedure", "aggregate", "type", "statistics object");
    private static final Set<String> PARTS = Set.of("trigger", "rule", "policy", "table constraint");

    /** What is a part of something that was made as well, and has no name of its own that counts. */
    private static final Set<String> ALONG = Set.of("default value", "enum value", "domain constraint", "default acl");

    private static final String FOUND =
            """
            WITH RECURSIVE wanted AS (
              SELECT *
              FROM unnest(?::text[], ?::text[], ?::text[]) AS w (type, identity, part)
            ),
            places AS (
              SELECT n.oid
              FROM unnest(?::text[]) AS w (schema)
              JOIN pg_namespace n ON n.nspname = w.schema
            ),
            found AS (
              -- Up to 15 it fails on what is no name, and the planner may ask it before it asks for the type.
              SELECT 'pg_class'::regclass::oid AS classid,
                     to_regclass(CASE WHEN w.named THEN w.identity END)::oid AS objid, w.type, w.identity
              FROM (
                SELECT *, type = ANY (?) AS named
                FROM wanted
              ) w
              WHERE w.named
              UNION ALL
              SELECT o.classid, o.objid, w.type, w.identity
              FROM (
                SELECT 'pg_proc'::regclass::oid AS classid, f.oid AS objid
                FROM pg_proc f
                WHERE f.pronamespace IN (SELECT oid FROM places)
                UNION ALL
                SELECT 'pg_type'::regclass, y.oid
                FROM pg_type y
                LEFT JOIN pg_class c ON c.oid = y.typrelid
                WHERE y.typnamespace IN (SELECT oid FROM places)
                  AND coalesce(c.relkind, 'c') = 'c'
                UNION ALL
                SELECT 'pg_statistic_ext'::regclass, x.oid
                FROM pg_statistic_ext x
                WHERE x.stxnamespace IN (SELECT oid FROM places)
                UNION ALL
                SELECT 'pg_trigger'::regclass, t.oid
                FROM pg_trigger t
                WHERE t.tgrelid IN (
                  SELECT to_regclass(part)
                  FROM wanted
                  WHERE type = 'trigger'
                )
                UNION ALL
                SELECT 'pg_rewrite'::regclass, r.oid
                FROM pg_rewrite r
                WHERE r.ev_class IN (
                  SELECT to_regclass(part)
                  FROM wanted
                  WHERE type = 'rule'
                )
                UNION ALL
                SELECT 'pg_policy'::regclass, p.oid
                FROM pg_policy p
                WHERE p.polrelid IN (
                  SELECT to_regclass(part)
                  FROM wanted
                  WHERE type = 'policy'
                )
                UNION ALL
                SELECT 'pg_constraint'::regclass, k.oid
                FROM pg_constraint k
                WHERE k.conrelid IN (
                  SELECT to_regclass(part)
                  FROM wanted
                  WHERE type = 'table constraint'
                )
              ) o
              CROSS JOIN LATERAL pg_identify_object(o.classid, o.objid, 0) i
              JOIN wanted w ON w.type = i.type AND w.identity = i.identity
            ),
            closure (classid, objid) AS (
              SELECT f.classid, f.objid
              FROM found f
              CROSS JOIN LATERAL pg_identify_object(f.classid, f.objid, 0) i
              WHERE f.objid IS NOT NULL
                AND i.type = f.type
              UNION
              SELECT d.classid, d.objid
              FROM closure c
              JOIN pg_depend d ON d.refclassid = c.classid AND d.refobjid = c.objid
            ),
            edges AS (
              SELECT d.classid, d.objid, d.refclassid, d.refobjid, d.deptype
              FROM closure c
              JOIN pg_depend d ON d.refclassid = c.classid AND d.refobjid = c.objid
              UNION
              SELECT d.classid, d.objid, d.refclassid, d.refobjid, d.deptype
              FROM closure c
              JOIN pg_depend d ON d.classid = c.classid AND d.objid = c.objid
              WHERE d.deptype = 'i'
            )
            """;

    private final Session session;

    MadeObjectsQuery(Session session) {
        this.session = session;
    }

    /**
     * A table that takes space on the disk counts as filled; {@link RowsLook} knows better.
     *
     * @param made what the journal says that files made
     * @param schemas those that the files ran in
     */
    ObjectGraph find(Collection<Effect> made, Collection<String> schemas) {
        List<Effect> wanted = made.stream().filter(effect -> lookedUp(effect.type())).distinct().toList();
        List<Node> nodes = new ArrayList<>(made.stream()
                .filter(effect -> !lookedUp(effect.type()) && !ALONG.contains(effect.type()))
                .map(effect -> new Node(effect.text(), effect.type(), effect.identity(), true, Optional.empty()))
                .toList());
        if (wanted.isEmpty()) {
            return new ObjectGraph(nodes, List.of());
        }
        Set<String> places = new HashSet<>(schemas);
        places.add(Names.PUBLIC_SCHEMA);
        Object[] parameters = {
            wanted.stream().map(Effect::type).toList(),
            wanted.stream().map(Effect::identity).toList(),
            wanted.stream().map(effect -> effect.part().orElse(null)).toList(),
            places,
            RELATIONS
        };
        Map<String, String> identities = wanted.stream()
                .map(Effect::identity)
                .collect(Collectors.toMap(Function.identity(), Function.identity(), (one, same) -> one));
        nodes.addAll(nodes(identities, parameters));
        return new ObjectGraph(nodes, edges(nodes, parameters));
    }

    private static boolean lookedUp(String type) {
        return RELATIONS.contains(type) || IN_SCHEMAS.contains(type) || PARTS.contains(type);
    }

    /** @param nodes of which each edge names two: there are more edges than nodes */
    private List<Edge> edges(Collection<Node> nodes, Object... parameters) {
        Map<String, String> keys = nodes.stream().collect(Collectors.toMap(Node::key, Node::key, (one, same) -> one));
        return session.queryInPortions(
                """
                %s
                SELECT DISTINCT e.classid || ':' || e.objid, e.refclassid || ':' || e.refobjid, e.deptype::text
                FROM edges e
                WHERE (e.classid, e.objid) <> (e.refclassid, e.refobjid)
                """
                        .formatted(FOUND),
                row -> {
                    String type = row.getString(3);
                    return new Edge(
                            keys.computeIfAbsent(row.getString(1), key -> key),
                            keys.computeIfAbsent(row.getString(2), key -> key),
                            "aiPS".contains(type),
                            type.equals("i"));
                },
                parameters);
    }

    /** @param identities those that the journal has already */
    private List<Node> nodes(Map<String, String> identities, Object... parameters) {
        SameTexts texts = new SameTexts();
        return session.queryInPortions(
                """
                %s,
                keys AS (
                  SELECT classid, objid
                  FROM closure
                  UNION
                  SELECT refclassid, refobjid
                  FROM edges
                  WHERE deptype = 'i'
                )
                SELECT k.classid || ':' || k.objid, coalesce(i.type, ''), coalesce(i.identity, ''),
                       coalesce(c.relkind IN ('r', 'p', 'f', 'v', 'm'), FALSE),
                       CASE
                         WHEN c.relkind IN ('r', 'p') THEN (
                           WITH RECURSIVE tree AS (
                             SELECT c.oid
                             UNION
                             SELECT h.inhrelid
                             FROM tree t
                             JOIN pg_inherits h ON h.inhparent = t.oid
                           )
                           SELECT sum(pg_relation_size(t.oid)) > 0 OR NOT bool_and(m.relkind IN ('r', 'p'))
                           FROM tree t
                           JOIN pg_class m ON m.oid = t.oid
                         )
                       END
                FROM keys k
                CROSS JOIN LATERAL pg_identify_object(k.classid, k.objid, 0) i
                LEFT JOIN pg_class c ON k.classid = 'pg_class'::regclass AND c.oid = k.objid
                """
                        .formatted(FOUND),
                row -> new Node(
                        row.getString(1),
                        texts.one(row.getString(2)),
                        identities.getOrDefault(row.getString(3), row.getString(3)),
                        row.getBoolean(4),
                        Optional.ofNullable(row.getObject(5, Boolean.class))),
                parameters);
    }
}
