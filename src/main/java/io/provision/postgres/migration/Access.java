package io.provision.postgres.migration;

import io.provision.plan.AclEntry;
import io.provision.plan.Hazard;
import io.provision.plan.MigrationResource.SchemaAccess;
import io.provision.plan.PostgresResource;
import io.provision.plan.Privilege;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the way open for those who can do something with what moves: its owner, as whom PostgreSQL runs the checks of
 * foreign keys, and everybody who was granted something. A superuser needs no way, and the instance's role and the
 * login have theirs by what every instance gets.
 */
final class Access {

    private static final Set<String> KNOWN =
            Set.copyOf(Arrays.stream(Privilege.values()).map(Privilege::name).toList());

    /**
     * @param relation the one that moves, also where the right is on a sequence that goes with it
     * @param entry empty for a right on such a sequence, for what only newer servers know, and for being the owner
     */
    private record Right(Moving relation, String grantee, boolean superuser, Optional<AclEntry> entry) {}

    private final Session session;
    private final LoginFacts facts;
    private final Findings findings;

    Access(Session session, LoginFacts facts, Findings findings) {
        this.session = session;
        this.facts = facts;
        this.findings = findings;
    }

    /**
     * @param acls what may be done with each relation once it has moved, and by whom
     * @param entitled the roles that have rights on something, by route; no superusers
     */
    record Rights(Map<Moving, List<AclEntry>> acls, Map<Route, Set<String>> entitled) {}

    Rights keep(MovingSet set, Attachments attachments) {
        Map<Moving, List<AclEntry>> acls = new LinkedHashMap<>();
        Map<Route, Set<String>> entitled = new LinkedHashMap<>();
        set.relations().forEach(this::formerOwner);
        for (Right right : rights(set, attachments)) {
            Route route = right.relation().route();
            right.entry().ifPresent(e -> acls.computeIfAbsent(right.relation(), r -> new ArrayList<>()).add(e));
            if (right.grantee().equals(PostgresResource.PUBLIC)) {
                everybody(right.relation());
            } else if (!right.superuser()) {
                entitled.computeIfAbsent(route, t -> new LinkedHashSet<>()).add(right.grantee());
                if (!right.grantee().equals(route.role()) && !right.grantee().equals(facts.login().name())) {
                    findings.want(new SchemaAccess(route.to(), right.grantee()), route);
                }
            }
        }
        return new Rights(acls, entitled);
    }

    /** An owner who gives it away has no rights of its own left: what it was granted goes to the next owner. */
    private void formerOwner(Moving relation) {
        if (!relation.owner().equals(relation.nextOwner())) {
            findings.noteOf(
                    relation.route(),
                    "the owner is %s then, and no longer %s, who keeps no rights on ".formatted(
                                    relation.nextOwner(), relation.owner())
                            + "%s",
                    relation.source());
        }
    }

    /** A view is found by everybody, and its table by its OID: behind one, nobody needs a way to the schema. */
    private void everybody(Moving relation) {
        Route route = relation.route();
        if (route.compat() && relation.isTable()) {
            findings.noteOf(
                    route,
                    "every role has rights on %s, and keeps them on the views that are left there, not in "
                            + route.to(),
                    relation.source());
        } else {
            findings.hazard(
                    relation,
                    Hazard.PUBLIC_ACCESS,
                    "every role has rights on %s, and only those who are let into the schema %s can use them there"
                            .formatted(relation.source(), route.to()));
        }
    }

    private List<Right> rights(MovingSet set, Attachments attachments) {
        Map<Long, Moving> relations = new HashMap<>();
        set.relations().forEach(m -> relations.put(m.oid(), m));
        attachments.all().stream()
                .filter(a -> a.kind() == Attachments.Kind.SEQUENCE)
                .forEach(a -> relations.put(a.oid(), set.relation(a.relation()).orElseThrow()));
        return session.query(
                """
                WITH moving AS (
                  SELECT c.*
                  FROM unnest(?::oid[]) AS m (oid)
                  JOIN pg_class c ON c.oid = m.oid
                ),
                rights AS (
                  SELECT m.oid, m.relowner, a.*, NULL AS attname
                  FROM moving m
                  CROSS JOIN LATERAL aclexplode(coalesce(m.relacl, acldefault(
                    CASE m.relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, m.relowner))) a
                  UNION ALL
                  SELECT m.oid, m.relowner, a.*, t.attname
                  FROM moving m
                  JOIN pg_attribute t ON t.attrelid = m.oid AND t.attacl IS NOT NULL AND NOT t.attisdropped
                  CROSS JOIN LATERAL aclexplode(t.attacl) a
                  UNION ALL
                  SELECT m.oid, m.relowner, m.relowner, m.relowner, '', false, NULL
                  FROM moving m
                )
                SELECT DISTINCT r.oid, r.grantee = r.relowner, coalesce(g.rolsuper, false),
                       coalesce(g.rolname, ?), r.privilege_type, r.attname, r.is_grantable
                FROM rights r
                LEFT JOIN pg_roles g ON g.oid = r.grantee
                WHERE r.grantee = 0 OR g.oid IS NOT NULL
                ORDER BY 1, 4, 5, 6, 7
                """,
                row -> right(relations.get(row.getLong(1)), row),
                relations.keySet().stream().map(String::valueOf).toList(),
                PostgresResource.PUBLIC);
    }

    /** What is the owner's is the next owner's then. */
    private static Right right(Moving relation, ResultSet row) throws SQLException {
        String grantee = row.getBoolean(2) ? relation.nextOwner() : row.getString(4);
        Optional<String> column = Optional.ofNullable(row.getString(6));
        boolean grantable = row.getBoolean(7);
        Optional<AclEntry> entry = Optional.of(row.getString(5))
                .filter(row.getLong(1) == relation.oid() ? KNOWN::contains : privilege -> false)
                .map(privilege -> new AclEntry(grantee, Privilege.valueOf(privilege), column, grantable));
        return new Right(relation, grantee, row.getBoolean(3) && grantee.equals(row.getString(4)), entry);
    }
}
