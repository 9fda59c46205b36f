package io.provision.postgres;

import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.Movable;
import io.provision.plan.ObjectKind;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.Privilege;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds the objects in schemas on which grantees lack privileges: what another hand made, before or since. */
final class ObjectGrantsQuery {

    private final List<Placement> moves;
    private final Map<ResourceId, ObjectGrants> wanted = new LinkedHashMap<>();
    private final Map<ResourceId, Map<String, Set<Privilege>>> lacking = new LinkedHashMap<>();

    /** @param moves what is to be in the schemas by then, with the sequences that it owns, wherever it stands now */
    ObjectGrantsQuery(Collection<Placement> moves, Collection<ObjectGrants> grants) {
        this.moves = moves.stream().filter(move -> move.type().relation()).toList();
        grants.forEach(grant -> wanted.put(grant.id(), grant));
    }

    List<Question> questions() {
        List<Question> questions = new ArrayList<>();
        if (!wanted.isEmpty()) {
            questions.add(moves.isEmpty() ? onRelations() : onRelationsAndThoseThatCome());
        }
        if (wanted.values().stream().anyMatch(grant -> grant.objects() == ObjectKind.FUNCTION)) {
            questions.add(onFunctions());
        }
        return questions;
    }

    /** @return when the questions were asked: one resource for each of the wanted that lacks something */
    List<Resource> lacking() {
        List<Resource> result = new ArrayList<>();
        lacking.forEach((id, objects) -> {
            ObjectGrants grant = wanted.get(id);
            result.add(new ObjectGrants(
                    grant.schema(), grant.objects(), grant.grantee(), grant.privileges(), objects));
        });
        return result;
    }

    /**
     * An owner lacks nothing. A grantee that is yet to be made lacks everything. Short scans in a fixed order, as this
     * is looked at for each instance, and the server takes longer to plan a join than to do it.
     */
    private Question onRelations() {
        return question(
                """
                SELECT w.schema, w.objects, w.grantee, c.relname, c.lacking
                FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS w (schema, objects, grantee, privileges)
                CROSS JOIN LATERAL (
                  -- By what depends on the schema, which has an index; pg_class has none by schema.
                  SELECT d.objid
                  FROM pg_depend d
                  WHERE d.refclassid = 'pg_namespace'::regclass
                    AND d.refobjid = to_regnamespace(quote_ident(w.schema))
                    AND d.classid = 'pg_class'::regclass
                  OFFSET 0
                ) d
                CROSS JOIN LATERAL (
                  SELECT c.relname, ARRAY(
                           SELECT p.privilege
                           FROM unnest(string_to_array(w.privileges, ',')) AS p (privilege)
                           WHERE p.privilege <> ALL (ARRAY(
                                   SELECT a.privilege_type
                                   FROM aclexplode(c.relacl) a
                                   WHERE a.grantee = to_regrole(quote_ident(w.grantee))
                                 ))
                         ) AS lacking
                  FROM pg_class c
                  WHERE c.oid = d.objid
                    AND c.relkind = ANY (CASE w.objects WHEN 'TABLE' THEN '{r,p,v,m,f}'::"char"[] ELSE '{S}' END)
                    AND pg_get_userbyid(c.relowner) <> w.grantee
                  OFFSET 0
                ) c
                WHERE w.objects IN ('TABLE', 'SEQUENCE')
                  AND c.lacking <> '{}'
                """);
    }

    private Question onRelationsAndThoseThatCome() {
        return question(
                """
                WITH wanted AS (
                  SELECT *
                  FROM unnest(?::text[], ?::text[], ?::text[], ?::text[])
                    AS w (schema, objects, grantee, privileges)
                  WHERE w.objects IN ('TABLE', 'SEQUENCE')
                ),
                coming AS (
                  SELECT m.goes, c.oid, m.owner
                  FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[])
                    AS m (came, name, goes, owner, view)
                  JOIN pg_namespace n ON n.nspname = m.came
                  -- A view of the table's name may stand where the table stood.
                  JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = m.name AND (c.relkind = 'v') = m.view
                ),
                present AS (
                  -- By what depends on the schema, which has an index; pg_class has none by schema.
                  SELECT n.nspname AS schema, c.oid, pg_get_userbyid(c.relowner) AS owner
                  FROM pg_namespace n
                  CROSS JOIN LATERAL (
                    SELECT d.objid
                    FROM pg_depend d
                    WHERE d.refclassid = 'pg_namespace'::regclass
                      AND d.refobjid = n.oid
                      AND d.classid = 'pg_class'::regclass
                    OFFSET 0
                  ) d
                  JOIN pg_class c ON c.oid = d.objid
                  WHERE n.nspname IN (SELECT schema FROM wanted)
                  UNION
                  SELECT goes, oid, owner
                  FROM coming
                  UNION
                  SELECT m.goes, d.objid, m.owner
                  FROM coming m
                  JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = m.oid
                  WHERE d.classid = 'pg_class'::regclass
                    AND d.deptype IN ('a', 'i')
                )
                SELECT w.schema, w.objects, w.grantee, c.relname, array_agg(p.privilege)
                FROM wanted w
                JOIN present ON present.schema = w.schema
                JOIN pg_class c ON c.oid = present.oid
                 AND c.relkind = ANY (CASE w.objects WHEN 'TABLE' THEN '{r,p,v,m,f}'::"char"[] ELSE '{S}' END)
                LEFT JOIN pg_roles g ON g.rolname = w.grantee
                CROSS JOIN LATERAL unnest(string_to_array(w.privileges, ',')) AS p (privilege)
                WHERE present.owner <> w.grantee
                  AND NOT EXISTS (
                    SELECT
                    FROM aclexplode(c.relacl) a
                    WHERE a.grantee = g.oid
                      AND a.privilege_type = p.privilege
                  )
                GROUP BY w.schema, w.objects, w.grantee, c.relname
                """,
                moves.stream().map(Placement::from).toList(),
                moves.stream().map(Placement::name).toList(),
                moves.stream().map(Placement::to).toList(),
                moves.stream().map(Placement::owner).toList(),
                moves.stream().map(move -> String.valueOf(move.type() == Movable.VIEW)).toList());
    }

    /** PUBLIC may execute every function, unless that was taken away: where it may, nothing is lacking. */
    private Question onFunctions() {
        return question(
                """
                WITH wanted AS (
                  SELECT *
                  FROM unnest(?::text[], ?::text[], ?::text[], ?::text[])
                    AS w (schema, objects, grantee, privileges)
                  WHERE w.objects = 'FUNCTION'
                )
                SELECT w.schema, w.objects, w.grantee,
                       quote_ident(f.proname) || '(' || pg_get_function_identity_arguments(f.oid) || ')',
                       ARRAY['EXECUTE']
                FROM wanted w
                JOIN pg_namespace n ON n.nspname = w.schema
                JOIN pg_proc f ON f.pronamespace = n.oid
                LEFT JOIN pg_roles g ON g.rolname = w.grantee
                WHERE f.proowner IS DISTINCT FROM g.oid
                  AND NOT EXISTS (
                    SELECT
                    FROM aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a
                    WHERE a.grantee IN (0, g.oid)
                      AND a.privilege_type = 'EXECUTE'
                  )
                """);
    }

    /** @param further parameters, after the four that say what is wanted */
    private Question question(String sql, Object... further) {
        Collection<ObjectGrants> all = wanted.values();
        List<Object> parameters = new ArrayList<>(List.of(
                all.stream().map(ObjectGrants::schema).toList(),
                all.stream().map(grant -> grant.objects().name()).toList(),
                all.stream().map(ObjectGrants::grantee).toList(),
                all.stream().map(ObjectGrantsQuery::privileges).toList()));
        parameters.addAll(List.of(further));
        return new Question(sql, this::add, parameters);
    }

    private void add(ResultSet row) throws SQLException {
        ObjectKind kind = ObjectKind.valueOf(row.getString(2));
        ResourceId id = new ObjectGrants(row.getString(1), kind, row.getString(3), Set.of(), Map.of()).id();
        lacking.computeIfAbsent(id, i -> new TreeMap<>())
                .put(row.getString(4), PostgresInspector.privileges(row.getArray(5)));
    }

    private static String privileges(ObjectGrants grant) {
        return grant.privileges().stream().map(Privilege::name).collect(Collectors.joining(","));
    }
}
