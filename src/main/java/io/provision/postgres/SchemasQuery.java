package io.provision.postgres;

import io.provision.plan.AclEntry;
import io.provision.plan.PostgresResource;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.Privilege;
import io.provision.plan.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Schemas with what is granted on them, in one look: it is taken for each instance, and the server takes longer to plan
 * a look than to look.
 */
final class SchemasQuery {

    /** An entry of a schema's ACL; the grantee's name comes last, as it may hold anything. */
    private record Entry(Privilege privilege, boolean grantable, boolean byOwner, String grantee) {

        static Stream<Entry> of(String text) {
            String[] words = text.split(" ", 4);
            // Privileges of newer servers that the tool never grants are not looked at.
            return Arrays.stream(Privilege.values())
                    .filter(privilege -> privilege.name().equals(words[0]))
                    .map(privilege -> new Entry(
                            privilege,
                            words[1].equals("t"),
                            words[2].equals("t"),
                            words.length < 4 ? PostgresResource.PUBLIC : words[3]));
        }

        boolean isPublic() {
            return grantee.equals(PostgresResource.PUBLIC);
        }
    }

    private final Set<String> names;
    private final Map<String, String> owners;
    private final Set<String> grantees;

    SchemasQuery(Collection<Schema> schemas, Collection<SchemaGrant> grants) {
        owners = schemas.stream().collect(Collectors.toMap(Schema::name, Schema::owner));
        grantees = grants.stream().map(SchemaGrant::grantee).collect(Collectors.toSet());
        names = new TreeSet<>(owners.keySet());
        grants.forEach(grant -> names.add(grant.schema()));
    }

    /** @param found is given the schemas that stand, and grants on them */
    Optional<Question> question(Consumer<Resource> found) {
        return names.isEmpty() ? Optional.empty() : Optional.of(new Question(
                """
                SELECT n.nspname, pg_get_userbyid(n.nspowner), (
                         SELECT d.description
                         FROM pg_description d
                         WHERE d.objoid = n.oid
                           AND d.classoid = 'pg_namespace'::regclass
                       ), ARRAY(
                         SELECT concat_ws(' ', a.privilege_type, a.is_grantable, a.grantor = n.nspowner,
                                  CASE WHEN a.grantee <> 0 THEN pg_get_userbyid(a.grantee) END)
                         FROM aclexplode(n.nspacl) a
                       )
                FROM unnest(?::text[]) AS w (name)
                CROSS JOIN LATERAL (
                  -- Of a catalog that was never analyzed, the server would rather read all.
                  SELECT n.oid, n.nspname, n.nspowner, n.nspacl
                  FROM pg_namespace n
                  WHERE n.nspname = w.name
                  OFFSET 0
                ) n
                """,
                row -> read(row, found),
                List.of(names)));
    }

    private void read(ResultSet row, Consumer<Resource> found) throws SQLException {
        String name = row.getString(1);
        String owner = row.getString(2);
        List<Entry> acl =
                Arrays.stream((String[]) row.getArray(4).getArray()).flatMap(Entry::of).toList();
        found.accept(new Schema(
                name, owner, false, Optional.ofNullable(row.getString(3)), regrants(owner, owners.get(name), acl)));
        grants(acl).forEach((grantee, privileges) -> found.accept(new SchemaGrant(name, grantee, privileges)));
    }

    /** What the owner and the next one hold, where the next one holds something. */
    private static List<AclEntry> regrants(String owner, String next, List<Entry> acl) {
        List<Entry> held = acl.stream()
                .filter(entry -> entry.byOwner() && !entry.isPublic())
                .filter(entry -> entry.grantee().equals(owner) || entry.grantee().equals(next))
                .toList();
        return held.stream().allMatch(entry -> entry.grantee().equals(owner))
                ? List.of()
                : held.stream()
                        .map(entry -> new AclEntry(
                                entry.grantee(), entry.privilege(), Optional.empty(), entry.grantable()))
                        .toList();
    }

    /** By whomever they were granted. */
    private Map<String, Set<Privilege>> grants(List<Entry> acl) {
        Map<String, Set<Privilege>> grants = new TreeMap<>();
        acl.stream()
                .filter(entry -> entry.isPublic() || grantees.contains(entry.grantee()))
                .forEach(entry -> grants.computeIfAbsent(entry.grantee(), g -> new TreeSet<>()).add(entry.privilege()));
        return grants;
    }
}
