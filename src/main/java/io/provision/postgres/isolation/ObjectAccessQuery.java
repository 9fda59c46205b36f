package io.provision.postgres.isolation;

import io.provision.plan.PostgresResource;
import io.provision.postgres.Session;
import io.provision.postgres.Sql;
import io.provision.postgres.isolation.Exposure.Door;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who else owns an instance's schemas, tables and sequences, or was granted something on them or their columns. */
final class ObjectAccessQuery {

    private static final String OWNER = "OWNER";
    private static final int NAMED = 3;

    private final Session session;
    private final Tenants tenants;

    /** @param columns those that it is about; none for all of the object */
    private record Access(Like like, String name, List<String> columns) {}

    /**
     * What is told in one sentence.
     *
     * @param byOwner whether the object's owner granted it
     */
    private record Like(
            String schema, String type, String grantee, String grantor, boolean byOwner, List<String> privileges) {

        boolean owns() {
            return privileges.contains(OWNER);
        }

        boolean reading() {
            return privileges.equals(List.of(readersHave()));
        }

        private String readersHave() {
            return type.equals("schema") ? "USAGE" : "SELECT";
        }

        /** Of a reader's privileges, those that a reader has, apart: only the others are too many. */
        Stream<Like> parts(Tenant tenant) {
            if (!tenant.readers().contains(grantee) || !privileges.contains(readersHave()) || reading()) {
                return Stream.of(this);
            }
            return Stream.of(
                    with(List.of(readersHave())),
                    with(privileges.stream().filter(privilege -> !privilege.equals(readersHave())).toList()));
        }

        private Like with(List<String> others) {
            return new Like(schema, type, grantee, grantor, byOwner, others);
        }
    }

    ObjectAccessQuery(Session session, Tenants tenants) {
        this.session = session;
        this.tenants = tenants;
    }

    List<Exposure> exposures() {
        Map<Like, List<Access>> alike = accesses().stream()
                .flatMap(access -> access.like().parts(tenants.of(access.like().schema()))
                        .map(like -> new Access(like, access.name(), access.columns())))
                .collect(Collectors.groupingBy(Access::like, LinkedHashMap::new, Collectors.toList()));
        List<Exposure> exposures = new ArrayList<>();
        alike.forEach((like, accesses) -> exposures.add(exposure(like, accesses)));
        return exposures;
    }

    /** An ACL that was never written gives nobody but the owner anything on these kinds of objects. */
    private List<Access> accesses() {
        return session.query(
                "WITH " + Tenants.WANTED + ", " + Tenants.REACH
                        + """
                        , relations AS (
                          SELECT w.schema, w.role, c.oid, c.relname::text AS name, c.relowner AS owner, c.relacl AS acl,
                                 CASE c.relkind
                                   WHEN 'v' THEN 'view'
                                   WHEN 'm' THEN 'materialized view'
                                   WHEN 'f' THEN 'foreign table'
                                   WHEN 'S' THEN 'sequence'
                                   ELSE 'table'
                                 END AS type
                          FROM wanted w
                          JOIN pg_class c ON c.relnamespace = w.oid
                          WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                        ),
                        things AS (
                          SELECT w.schema, w.role, w.oid, 'schema' AS type, w.schema AS name, NULL AS part,
                                 n.nspowner AS owner, n.nspacl AS acl
                          FROM wanted w
                          JOIN pg_namespace n ON n.oid = w.oid
                          UNION ALL
                          SELECT schema, role, oid, type, name, NULL, owner, acl
                          FROM relations
                          UNION ALL
                          SELECT r.schema, r.role, r.oid, r.type, r.name, a.attname::text, r.owner, a.attacl
                          FROM relations r
                          JOIN pg_attribute a ON a.attrelid = r.oid
                          WHERE a.attacl IS NOT NULL
                            AND NOT a.attisdropped
                        )
                        SELECT t.schema, t.type, t.name, coalesce(g.name, ?), pg_get_userbyid(a.grantor)::text,
                               a.grantor = t.owner,
                               array_agg(DISTINCT a.privilege_type),
                               array_agg(DISTINCT t.part) FILTER (WHERE t.part IS NOT NULL)
                        FROM things t
                        CROSS JOIN LATERAL aclexplode(t.acl) a
                        LEFT JOIN reach g ON g.oid = a.grantee
                        WHERE (a.grantee = 0 OR g.name <> t.role)
                          AND a.grantee <> t.owner
                        GROUP BY t.schema, t.type, t.name, g.name, a.grantor, t.owner,
                                 CASE WHEN t.part IS NOT NULL THEN a.privilege_type END
                        UNION ALL
                        SELECT t.schema, t.type, t.name, g.name, g.name, TRUE, ARRAY['OWNER'], NULL
                        FROM things t
                        JOIN reach g ON g.oid = t.owner
                        WHERE g.name <> t.role
                          AND t.part IS NULL
                          -- Such a sequence belongs to whoever its table belongs to.
                          AND NOT EXISTS (
                            SELECT
                            FROM pg_depend d
                            WHERE d.classid = 'pg_class'::regclass
                              AND d.objid = t.oid
                              AND d.refclassid = 'pg_class'::regclass
                              AND d.deptype IN ('a', 'i')
                              AND t.type = 'sequence'
                          )
                        ORDER BY 1, 2, 3, 4, 5
                        """,
                row -> new Access(
                        new Like(
                                row.getString(1),
                                row.getString(2),
                                row.getString(4),
                                row.getString(5),
                                row.getBoolean(6),
                                RolesQuery.texts(row.getArray(7))),
                        row.getString(3),
                        RolesQuery.texts(row.getArray(8))),
                tenants.schemas(),
                tenants.roles(),
                tenants.reach(),
                PostgresResource.PUBLIC);
    }

    private Exposure exposure(Like like, List<Access> accesses) {
        Tenant tenant = tenants.of(like.schema());
        String objects = objects(like, accesses);
        return new Exposure(
                like.grantee(),
                Optional.of(tenant),
                like.schema(),
                like.owns()
                        ? "owns " + objects
                        : "was granted %s on %s".formatted(granted(like, accesses.get(0).columns()), objects),
                accesses.stream().map(access -> remedy(like, access, tenant)).toList(),
                like.reading(),
                like.type().equals("schema") ? Door.OPENS : Door.BESIDE);
    }

    private static String objects(Like like, List<Access> accesses) {
        if (like.type().equals("schema")) {
            return "the schema " + like.schema();
        }
        if (accesses.size() == 1) {
            return "the %s %s.%s".formatted(like.type(), like.schema(), accesses.get(0).name());
        }
        String names = accesses.stream().limit(NAMED).map(Access::name).collect(Collectors.joining(", "));
        return "%d %ss of %s (%s%s)".formatted(
                accesses.size(), like.type(), like.schema(), names, accesses.size() > NAMED ? ", …" : "");
    }

    private static String granted(Like like, List<String> columns) {
        return String.join(", ", like.privileges())
                + (columns.isEmpty() ? "" : " (" + String.join(", ", columns) + ")");
    }

    private static String remedy(Like like, Access access, Tenant tenant) {
        String noun = like.type().equals("schema") || like.type().equals("sequence")
                ? like.type().toUpperCase(Locale.ROOT)
                : "TABLE";
        String object = noun + " " + (like.type().equals("schema")
                ? Sql.identifier(like.schema())
                : Sql.qualified(like.schema(), access.name()));
        if (like.owns()) {
            return "ALTER %s OWNER TO %s;".formatted(object, Sql.identifier(tenant.owner()));
        }
        String columns = access.columns().isEmpty() ? "" : " (" + Sql.identifiers(access.columns()) + ")";
        return Tenants.as(
                like.grantor(),
                like.byOwner(),
                "REVOKE %s%s ON %s FROM %s".formatted(
                        String.join(", ", like.privileges()), columns, object, Sql.grantee(like.grantee())));
    }
}
