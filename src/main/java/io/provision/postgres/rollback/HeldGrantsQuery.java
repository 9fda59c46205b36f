package io.provision.postgres.rollback;

import io.provision.plan.ObjectKind;
import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.Privilege;
import io.provision.plan.ResourceId;
import io.provision.plan.rollback.NetChange;
import io.provision.postgres.PostgresInspector;
import io.provision.postgres.Session;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What grantees hold on objects in schemas, as the objects' owners granted it. */
final class HeldGrantsQuery {

    /** Every object that privileges are granted on, with the transaction that made it. */
    private static final String OBJECTS =
            """
            objects AS (
              SELECT n.nspname AS schema,
                     CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind,
                     c.relname::text AS name,
                     c.relowner AS owner,
                     c.relacl AS acl,
                     -- Nothing that is done to a relation rewrites this row of it. A view has but its columns.
                     (
                       SELECT a.xmin
                       FROM pg_attribute a
                       WHERE a.attrelid = c.oid
                         AND a.attnum = CASE c.relkind WHEN 'v' THEN 1 ELSE -1 END
                     ) AS made
              FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                AND n.nspname IN (SELECT unnest(?::text[]))
              UNION ALL
              SELECT n.nspname, 'FUNCTION',
                     quote_ident(f.proname) || '(' || pg_get_function_identity_arguments(f.oid) || ')',
                     f.proowner,
                     f.proacl,
                     (
                       SELECT min(d.xmin::text)::xid
                       FROM pg_depend d
                       WHERE d.classid = 'pg_proc'::regclass
                         AND d.objid = f.oid
                         AND d.refclassid = 'pg_namespace'::regclass
                     )
              FROM pg_proc f
              JOIN pg_namespace n ON n.oid = f.pronamespace
              WHERE n.nspname IN (SELECT unnest(?::text[]))
            )
            """;

    /** One object of a grant. */
    private record Granted(ObjectGrants grant, String object) {}

    private final Session session;

    HeldGrantsQuery(Session session) {
        this.session = session;
    }

    /**
     * By each object that stands, of those that something was granted on. What another hand let the grantee grant
     * further, or granted as somebody else, is not the tool's any more; nor is what an owner holds of its own.
     */
    Map<ResourceId, Map<String, Set<Privilege>>> held(Collection<ObjectGrants> grants) {
        List<Granted> granted = grants.stream()
                .flatMap(grant -> grant.lacking().keySet().stream().map(object -> new Granted(grant, object)))
                .toList();
        if (granted.isEmpty()) {
            return Map.of();
        }
        List<String> schemas = grants.stream().map(ObjectGrants::schema).distinct().toList();
        Map<ResourceId, Map<String, Set<Privilege>>> held = new HashMap<>();
        session.query(
                """
                WITH %s
                SELECT w.schema, w.kind, w.grantee, w.name,
                       array_remove(array_agg(a.privilege_type), NULL)
                FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS w (schema, kind, grantee, name)
                JOIN objects o ON o.schema = w.schema AND o.kind = w.kind AND o.name = w.name
                LEFT JOIN pg_roles g ON g.rolname = w.grantee
                LEFT JOIN LATERAL aclexplode(o.acl) a
                  ON a.grantee = g.oid AND a.grantor = o.owner AND NOT a.is_grantable
                WHERE g.oid IS DISTINCT FROM o.owner
                GROUP BY w.schema, w.kind, w.grantee, w.name
                """
                        .formatted(OBJECTS),
                row -> held.computeIfAbsent(
                                new ObjectGrants(
                                                row.getString(1),
                                                ObjectKind.valueOf(row.getString(2)),
                                                row.getString(3),
                                                Set.of(),
                                                Map.of())
                                        .id(),
                                id -> new TreeMap<>())
                        .put(row.getString(4), PostgresInspector.privileges(row.getArray(5))),
                schemas,
                schemas,
                granted.stream().map(row -> row.grant().schema()).toList(),
                granted.stream().map(row -> row.grant().objects().name()).toList(),
                granted.stream().map(row -> row.grant().grantee()).toList(),
                granted.stream().map(Granted::object).toList());
        return held;
    }

    /**
     * What default privileges granted on objects that were made after they were given, where the grantee holds just
     * that. What was made is told by the ids of transactions; a restored database has none that tell.
     */
    Map<ResourceId, Map<String, Set<Privilege>>> meanwhile(Collection<NetChange> nets) {
        Map<ResourceId, NetChange> byId = nets.stream()
                .filter(net -> net.after().orElse(null) instanceof DefaultPrivileges)
                .collect(Collectors.toMap(NetChange::target, net -> net));
        if (byId.isEmpty()) {
            return Map.of();
        }
        List<NetChange> ordered = List.copyOf(byId.values());
        List<DefaultPrivileges> defaults =
                ordered.stream().map(net -> (DefaultPrivileges) net.after().orElseThrow()).toList();
        List<String> schemas = defaults.stream().map(DefaultPrivileges::schema).distinct().toList();
        Map<ResourceId, Map<String, Set<Privilege>>> meanwhile = new HashMap<>();
        session.query(
                """
                WITH %s
                SELECT w.schema, w.creator, w.kind, w.grantee, o.name, w.privileges
                FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                  AS w (schema, creator, kind, grantee, privileges, since)
                JOIN pg_roles c ON c.rolname = w.creator
                JOIN pg_roles g ON g.rolname = w.grantee
                JOIN objects o ON o.schema = w.schema AND o.kind = w.kind AND o.owner = c.oid
                WHERE age(o.made) <= age(w.since::xid)
                  AND g.oid <> o.owner
                  AND (
                    SELECT array_agg(a.privilege_type ORDER BY a.privilege_type)
                    FROM aclexplode(o.acl) a
                    WHERE a.grantee = g.oid
                      AND a.grantor = o.owner
                      AND NOT a.is_grantable
                      AND a.privilege_type <> 'MAINTAIN'
                  ) = (
                    SELECT array_agg(p ORDER BY p)
                    FROM unnest(string_to_array(w.privileges, ',')) p
                  )
                """
                        .formatted(OBJECTS),
                row -> meanwhile
                        .computeIfAbsent(
                                new DefaultPrivileges(
                                                row.getString(1),
                                                row.getString(2),
                                                ObjectKind.valueOf(row.getString(3)),
                                                row.getString(4),
                                                Set.of())
                                        .id(),
                                id -> new TreeMap<>())
                        .put(row.getString(5), privileges(row.getString(6))),
                schemas,
                schemas,
                defaults.stream().map(DefaultPrivileges::schema).toList(),
                defaults.stream().map(DefaultPrivileges::creator).toList(),
                defaults.stream().map(given -> given.objects().name()).toList(),
                defaults.stream().map(DefaultPrivileges::grantee).toList(),
                defaults.stream()
                        .map(given -> given.privileges().stream().map(Privilege::name)
                                .collect(Collectors.joining(",")))
                        .toList(),
                ordered.stream().map(net -> net.first().transaction()).toList());
        return meanwhile;
    }

    private static Set<Privilege> privileges(String names) {
        return Privilege.setOf(Stream.of(names.split(",")).map(Privilege::valueOf).toList());
    }
}
