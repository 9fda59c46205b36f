package io.provision.postgres;

import io.provision.plan.Change;
import io.provision.plan.MigrationResource.SchemaAccess;
import io.provision.plan.Plan;
import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.Membership;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.PostgresResource.SearchPath;
import io.provision.plan.Resource;
import io.provision.plan.RolePassword;
import io.provision.plan.SqlFile;
import io.provision.problem.Problem;
import io.provision.problem.ShortList;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the login lacks for a plan, found before anything is tried, each with the one GRANT that would help
 * ({@code postgres.md}, first paragraph).
 */
public final class Prerequisites {

    private final Session session;
    private final LoginFacts facts;
    private final String login;
    private final List<Change> changes;
    private final List<Problem> problems = new ArrayList<>();

    private Prerequisites(Session session, LoginFacts facts, Plan plan) {
        this.session = session;
        this.facts = facts;
        this.login = Sql.identifier(facts.login().name());
        this.changes = plan.changes();
    }

    public static List<Problem> lackingFor(Session session, LoginFacts facts, Plan plan, String journalSchema) {
        Prerequisites check = new Prerequisites(session, facts, plan);
        if (!plan.isEmpty()) {
            check.standby();
            check.problems.addAll(new JournalPrerequisites(session, facts.login()).lacking(journalSchema));
            check.problems.addAll(new DistributionPrerequisites(session, check.changes).lacking(journalSchema));
            if (!facts.login().superuser()) {
                check.createSchemas(journalSchema);
                check.createRoles();
                check.inherit();
                check.adoptedRoles();
                check.schemaOwners();
                check.objectOwners();
                check.problems.addAll(
                        new DefaultPrivilegePrerequisites(session, facts, check.changes).lacking());
            }
        }
        return check.problems;
    }

    private void standby() {
        if (facts.standby()) {
            problems.add(Problem.error("the server is a standby and takes no writes")
                    .remedy("connect to the primary (several hosts in the URL: target_session_attrs=read-write)"));
        }
    }

    private void createSchemas(String journalSchema) {
        List<String> made = resources(Schema.class, Change::creates).map(Schema::name).collect(Collectors.toList());
        boolean takesOver = resources(Schema.class, c -> !c.creates()).findAny().isPresent();
        if (!schemaStands(journalSchema)) {
            made.add(0, journalSchema);
        }
        if ((!made.isEmpty() || takesOver) && !facts.createsSchemas()) {
            lacks(
                    "CREATE on the database %s, to make the schemas %s"
                            .formatted(facts.login().database(), ShortList.of(made)),
                    "GRANT CREATE ON DATABASE %s TO %s".formatted(Sql.identifier(facts.login().database()), login));
        }
    }

    private boolean schemaStands(String name) {
        return !session.query(
                        """
                        SELECT 1
                        FROM pg_namespace
                        WHERE nspname = ?
                        """,
                        row -> true,
                        name)
                .isEmpty();
    }

    private void createRoles() {
        List<String> made = resources(Role.class, Change::creates).map(Role::name).toList();
        if (!made.isEmpty() && !facts.createsRoles()) {
            lacks("CREATEROLE, to make the roles " + ShortList.of(made), "ALTER ROLE %s CREATEROLE".formatted(login));
        }
    }

    /** Without INHERIT a membership gives nothing before SET ROLE; from 16 on the grant itself says INHERIT. */
    private void inherit() {
        boolean actsForRoles = changes.stream()
                .map(Change::resource)
                .anyMatch(resource -> resource instanceof Membership
                        || resource instanceof SchemaGrant
                        || resource instanceof DefaultPrivileges
                        || resource instanceof ObjectGrants);
        if (actsForRoles && !facts.inherits() && !facts.membershipsHaveOptions()) {
            lacks("INHERIT, to act for the instances' roles", "ALTER ROLE %s INHERIT".formatted(login));
        }
    }

    /** From 16 on, CREATEROLE alone does not reach a role that another login made. */
    private void adoptedRoles() {
        Set<String> made = resources(Role.class, Change::creates).map(Role::name).collect(Collectors.toSet());
        Set<String> touched = Stream.concat(
                        resources(Membership.class, c -> true).map(Membership::role),
                        Stream.concat(
                                resources(SearchPath.class, c -> true).map(SearchPath::role),
                                resources(RolePassword.class, c -> true).map(RolePassword::role)))
                .filter(role -> !made.contains(role))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (touched.isEmpty()) {
            return;
        }
        if (facts.createRoleReachesEveryRole() && !facts.createsRoles()) {
            lacks(
                    "CREATEROLE, to alter the roles " + ShortList.of(touched),
                    "ALTER ROLE %s CREATEROLE".formatted(login));
        }
        session.query(
                        """
                        WITH RECURSIVE own (oid) AS (
                          SELECT oid
                          FROM pg_roles
                          WHERE rolname = current_user
                          UNION
                          SELECT m.roleid
                          FROM own
                          JOIN pg_auth_members m ON m.member = own.oid
                        ),
                        -- Not by pg_has_role, which goes through all that the login is a member of, for each role.
                        administered AS (
                          SELECT m.roleid
                          FROM own
                          JOIN pg_auth_members m ON m.member = own.oid
                          WHERE m.admin_option
                        )
                        SELECT r.rolname, r.rolsuper
                        FROM unnest(?::text[]) AS w (role)
                        JOIN pg_roles r ON r.rolname = w.role
                        WHERE r.rolname <> current_user
                          AND (r.rolsuper OR NOT ?::boolean
                               AND NOT (r.oid IN (SELECT roleid FROM administered) AND ?::boolean))
                        ORDER BY 1
                        """,
                        row -> row.getBoolean(2) ? superuser(row.getString(1)) : noAdmin(row.getString(1)),
                        touched,
                        facts.createRoleReachesEveryRole(),
                        facts.createsRoles())
                .forEach(problems::add);
    }

    private Problem superuser(String role) {
        return Problem.error("%s is a superuser, whom only a superuser may alter".formatted(role))
                .remedy("ALTER ROLE %s NOSUPERUSER; a service needs none".formatted(Sql.identifier(role)));
    }

    private Problem noAdmin(String role) {
        String createRole = facts.createsRoles() ? "" : "ALTER ROLE %s CREATEROLE; ".formatted(login);
        return lacking(
                "ADMIN on the role %s, which another login made".formatted(role),
                createRole + "GRANT %s TO %s WITH ADMIN OPTION".formatted(Sql.identifier(role), login));
    }

    private void schemaOwners() {
        Set<String> schemas = new LinkedHashSet<>();
        resources(Schema.class, c -> !c.creates()).map(Schema::name).forEach(schemas::add);
        resources(SchemaGrant.class, c -> true).map(SchemaGrant::schema).forEach(schemas::add);
        resources(SchemaAccess.class, c -> true).map(SchemaAccess::schema).forEach(schemas::add);
        resources(SqlFile.class, c -> true).map(SqlFile::schema).forEach(schemas::add);
        owners(
                """
                SELECT DISTINCT o.rolname, o.rolsuper, n.nspname, 'schema'
                FROM unnest(?::text[]) AS w (schema)
                JOIN pg_namespace n ON n.nspname = w.schema
                JOIN pg_roles o ON o.oid = n.nspowner
                WHERE NOT pg_has_role(o.oid, 'USAGE')
                ORDER BY 1, 3
                """,
                schemas);
    }

    private void objectOwners() {
        List<String> objects = resources(ObjectGrants.class, c -> true)
                .flatMap(grants -> grants.lacking().keySet().stream().map(name -> grants.schema() + "." + name))
                .toList();
        owners(
                """
                WITH wanted AS (
                  SELECT n.oid AS schema, w.name, substr(w.name, strpos(w.name, '.') + 1) AS object
                  FROM unnest(?::text[]) AS w (name)
                  JOIN pg_namespace n ON n.nspname = left(w.name, strpos(w.name, '.') - 1)
                ),
                objects AS (
                  SELECT c.relowner AS owner, w.name, 'relation' AS kind
                  FROM wanted w
                  JOIN pg_class c ON c.relnamespace = w.schema AND c.relname = w.object
                  UNION ALL
                  SELECT f.proowner, w.name, 'function'
                  FROM wanted w
                  JOIN pg_proc f ON f.pronamespace = w.schema
                   AND quote_ident(f.proname) || '(' || pg_get_function_identity_arguments(f.oid) || ')' = w.object
                )
                SELECT o.rolname, o.rolsuper, objects.name, objects.kind
                FROM objects
                JOIN pg_roles o ON o.oid = objects.owner
                WHERE NOT pg_has_role(o.oid, 'USAGE')
                ORDER BY 1, 3
                """,
                new LinkedHashSet<>(objects));
    }

    /** @param kind of the object, in words */
    private record Owned(String owner, boolean superuser, String object, String kind) {}

    /** A role that the plan makes the login a member of is one that it can act for by then. */
    private void owners(String sql, Set<String> names) {
        if (names.isEmpty()) {
            return;
        }
        Set<String> joined =
                resources(Membership.class, c -> true).map(Membership::role).collect(Collectors.toSet());
        session.query(
                        sql,
                        row -> new Owned(row.getString(1), row.getBoolean(2), row.getString(3), row.getString(4)),
                        names)
                .stream()
                .filter(owned -> !joined.contains(owned.owner()))
                .collect(Collectors.groupingBy(Owned::owner, TreeMap::new, Collectors.toList()))
                .forEach(this::lacksPrivileges);
    }

    private void lacksPrivileges(String owner, List<Owned> owned) {
        String objects = ShortList.of(owned.stream().map(Owned::object).toList());
        Problem problem = Problem.error("the login %s lacks the privileges of %s, who owns the %s %s"
                .formatted(facts.login().name(), owner, owned.get(0).kind(), objects));
        problems.add(problem.remedy(owned.get(0).superuser()
                ? "give %s to another role: nobody should be a member of the superuser %s".formatted(objects, owner)
                : membership(facts, owner)));
    }

    /** From 16 on a grant to a login without INHERIT gives nothing before SET ROLE, unless the grant says otherwise. */
    static String membership(LoginFacts facts, String role) {
        String inherit = facts.inherits() || !facts.membershipsHaveOptions() ? "" : " WITH INHERIT TRUE";
        return letRun("GRANT %s TO %s%s".formatted(
                Sql.identifier(role), Sql.identifier(facts.login().name()), inherit));
    }

    private <T extends Resource> Stream<T> resources(
            Class<T> type, Predicate<Change> which) {
        return changes.stream()
                .filter(which)
                .map(Change::resource)
                .filter(type::isInstance)
                .map(type::cast);
    }

    private void lacks(String what, String grant) {
        problems.add(lacking(what, grant));
    }

    private Problem lacking(String what, String grant) {
        return Problem.error("the login %s lacks %s".formatted(facts.login().name(), what)).remedy(letRun(grant));
    }

    private static String letRun(String statement) {
        return "let somebody who may run: " + statement + ";";
    }
}
