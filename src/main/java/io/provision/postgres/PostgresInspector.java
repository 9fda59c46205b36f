package io.provision.postgres;

import io.provision.plan.Desired;
import io.provision.plan.Distribution;
import io.provision.plan.MigrationResource.CompatView;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.MigrationResource.SchemaAccess;
import io.provision.plan.MigrationResource.SequenceUsage;
import io.provision.plan.ObjectKind;
import io.provision.plan.PostgresResource;
import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.Membership;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.PostgresResource.SearchPath;
import io.provision.plan.Privilege;
import io.provision.plan.Resource;
import io.provision.plan.State;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what stands in PostgreSQL, of what is desired: a constant number of catalog queries, whatever the number of
 * instances. ACLs are exploded by the server and compared as sets, never as text.
 */
public final class PostgresInspector {

    private static final int FEW = 100;
    private static final String SEARCH_PATH = "search_path=";

    private final Session session;
    private final LoginFacts facts;
    private final Desired desired;
    private final List<Resource> found = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();

    public PostgresInspector(Session session, LoginFacts facts, Desired desired) {
        this.session = session;
        this.facts = facts;
        this.desired = desired;
    }

    public State state() {
        List<Schema> schemas = wanted(Schema.class).toList();
        ObjectGrantsQuery grants = new ObjectGrantsQuery(
                wanted(Placement.class).toList(), wanted(PostgresResource.ObjectGrants.class).toList());
        roles();
        memberships();
        defaultPrivileges();
        new SchemasQuery(schemas, wanted(SchemaGrant.class).toList())
                .question(found::add)
                .ifPresent(questions::add);
        if (!schemas.isEmpty()) {
            questions.addAll(grants.questions());
        }
        ask();
        found.addAll(grants.lacking());
        PlacementsQuery moves = new PlacementsQuery(session);
        found.addAll(moves.placements(wanted(Placement.class).toList()));
        Map<String, String> leaving = ownersWhoLeave();
        moves.access(wanted(SchemaAccess.class).toList()).stream()
                .filter(access -> !access.grantee().equals(leaving.get(access.schema())))
                .forEach(found::add);
        found.addAll(moves.sequenceUsage(wanted(SequenceUsage.class).toList()));
        found.addAll(moves.compatViews(wanted(CompatView.class).toList()));
        found.addAll(new DistributionsQuery(session).of(wanted(Distribution.class).toList()));
        found.removeIf(resource -> desired.state().find(resource.id()).isEmpty());
        return State.of(found);
    }

    /** Of one instance in one round trip; of many, their answers would fill the memory. */
    private void ask() {
        if (desired.state().resources().size() <= FEW) {
            session.ask(questions);
        } else {
            questions.forEach(question -> session.ask(List.of(question)));
        }
    }

    private void ask(String sql, Session.RowReader<Resource> reader, Object... parameters) {
        questions.add(new Question(sql, row -> found.add(reader.read(row)), Arrays.asList(parameters)));
    }

    /**
     * Whoever owns a schema can use it, and cannot any more when another is made its owner.
     *
     * @return by the schema's name
     */
    private Map<String, String> ownersWhoLeave() {
        return found.stream()
                .filter(Schema.class::isInstance)
                .map(Schema.class::cast)
                .filter(this::isGivenToAnother)
                .collect(Collectors.toMap(Schema::name, Schema::owner));
    }

    private boolean isGivenToAnother(Schema schema) {
        return desired.state().find(schema.id())
                .map(Schema.class::cast)
                .filter(next -> !next.ownerStays() && !next.owner().equals(schema.owner()))
                .isPresent();
    }

    private <T extends PostgresResource> Stream<T> wanted(Class<T> type) {
        return desired.state().each(type);
    }

    /** With their search paths: the server takes longer to plan a look than to look. */
    private void roles() {
        List<String> names = Stream.concat(
                        wanted(Role.class).map(Role::name), wanted(SearchPath.class).map(SearchPath::role))
                .distinct()
                .toList();
        if (names.isEmpty()) {
            return;
        }
        questions.add(new Question(
                """
                SELECT w.role, current_database(), (
                         SELECT d.description
                         FROM pg_shdescription d
                         WHERE d.objoid = to_regrole(quote_ident(w.role))
                           AND d.classoid = 'pg_authid'::regclass
                       ), (
                         SELECT s.setconfig
                         FROM pg_db_role_setting s
                         WHERE s.setrole = to_regrole(quote_ident(w.role))
                           AND s.setdatabase = %d
                       )
                FROM unnest(?::text[]) AS w (role)
                WHERE to_regrole(quote_ident(w.role)) IS NOT NULL
                """
                        .formatted(session.database()),
                this::role,
                List.of(names)));
    }

    private void role(ResultSet row) throws SQLException {
        String name = row.getString(1);
        found.add(new Role(name, Optional.ofNullable(row.getString(3))));
        Array settings = row.getArray(4);
        if (settings == null) {
            return;
        }
        for (String setting : (String[]) settings.getArray()) {
            if (setting.startsWith(SEARCH_PATH)) {
                String path = setting.substring(SEARCH_PATH.length());
                found.add(new SearchPath(name, row.getString(2), SearchPathText.parse(path), path));
            }
        }
    }

    /** From the list to the catalogs: {@code rolname = ANY} holds each name of theirs against all of the list. */
    private void memberships() {
        List<Membership> memberships = wanted(Membership.class).toList();
        if (memberships.isEmpty()) {
            return;
        }
        String options = facts.membershipsHaveOptions()
                ? "bool_or(m.inherit_option), bool_or(m.set_option)"
                : "TRUE, TRUE";
        ask(
                """
                SELECT r.rolname, u.rolname, %s
                FROM unnest(?::text[]) AS w (role)
                JOIN pg_roles r ON r.rolname = w.role
                JOIN pg_auth_members m ON m.roleid = r.oid
                JOIN pg_roles u ON u.oid = m.member
                WHERE u.rolname = ANY (?)
                GROUP BY r.rolname, u.rolname
                """
                        .formatted(options),
                row -> new Membership(row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4)),
                memberships.stream().map(Membership::role).distinct().toList(),
                memberships.stream().map(Membership::member).distinct().toList());
    }

    /** By schema and creator: of these, and what they are for, there is an index. */
    private void defaultPrivileges() {
        List<DefaultPrivileges> places = wanted(DefaultPrivileges.class)
                .map(any -> new DefaultPrivileges(
                        any.schema(), any.creator(), ObjectKind.TABLE, PostgresResource.PUBLIC, Set.of()))
                .distinct()
                .toList();
        if (places.isEmpty()) {
            return;
        }
        Set<String> grantees =
                wanted(DefaultPrivileges.class).map(DefaultPrivileges::grantee).collect(Collectors.toSet());
        questions.add(new Question(
                """
                SELECT w.schema, w.creator, d.defaclobjtype, ARRAY(
                         SELECT concat_ws(' ', a.privilege_type, pg_get_userbyid(a.grantee))
                         FROM aclexplode(d.defaclacl) a
                         WHERE a.grantee <> 0
                       )
                FROM unnest(?::text[], ?::text[]) AS w (schema, creator)
                CROSS JOIN LATERAL (
                  SELECT d.defaclobjtype, d.defaclacl
                  FROM pg_default_acl d
                  WHERE d.defaclrole = to_regrole(quote_ident(w.creator))
                    AND d.defaclnamespace = to_regnamespace(quote_ident(w.schema))
                    AND d.defaclobjtype IN ('r', 'S', 'f')
                  OFFSET 0
                ) d
                """,
                row -> defaultPrivileges(row, grantees),
                List.of(
                        places.stream().map(DefaultPrivileges::schema).toList(),
                        places.stream().map(DefaultPrivileges::creator).toList())));
    }

    private void defaultPrivileges(ResultSet row, Set<String> grantees) throws SQLException {
        Map<String, Set<Privilege>> held = new TreeMap<>();
        for (String entry : (String[]) row.getArray(4).getArray()) {
            String[] words = entry.split(" ", 2);
            if (grantees.contains(words[1])) {
                held.computeIfAbsent(words[1], grantee -> new TreeSet<>()).addAll(privileges(Stream.of(words[0])));
            }
        }
        String schema = row.getString(1);
        String creator = row.getString(2);
        ObjectKind objects = ObjectKind.ofCatalogLetter(row.getString(3).charAt(0));
        held.forEach((grantee, privileges) ->
                found.add(new DefaultPrivileges(schema, creator, objects, grantee, privileges)));
    }

    /** Privileges of newer servers that the tool never grants are not looked at. */
    public static Set<Privilege> privileges(Array names) throws SQLException {
        return privileges(Arrays.stream((String[]) names.getArray()));
    }

    private static Set<Privilege> privileges(Stream<String> names) {
        List<String> known = Arrays.stream(Privilege.values()).map(Privilege::name).toList();
        return Privilege.setOf(names.filter(known::contains).map(Privilege::valueOf).toList());
    }
}
