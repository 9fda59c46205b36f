package io.provision.postgres;

import io.provision.plan.Change;
import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.Membership;
import io.provision.plan.Resource;
import io.provision.problem.Problem;
import io.provision.problem.ShortList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who made default privileges may be another login than the one that takes them back, and only who has that one's
 * privileges may (manual, ALTER DEFAULT PRIVILEGES).
 */
final class DefaultPrivilegePrerequisites {

    private final Session session;
    private final LoginFacts facts;
    private final List<Resource> resources;

    DefaultPrivilegePrerequisites(Session session, LoginFacts facts, List<Change> changes) {
        this.session = session;
        this.facts = facts;
        this.resources = changes.stream().map(Change::resource).toList();
    }

    List<Problem> lacking() {
        String login = facts.login().name();
        Set<String> joined = of(Membership.class)
                .filter(membership -> membership.member().equals(login))
                .map(Membership::role)
                .collect(Collectors.toSet());
        Map<String, TreeSet<String>> schemas = of(DefaultPrivileges.class)
                .filter(privileges -> !joined.contains(privileges.creator()))
                .collect(Collectors.groupingBy(DefaultPrivileges::creator, TreeMap::new,
                        Collectors.mapping(DefaultPrivileges::schema, Collectors.toCollection(TreeSet::new))));
        return schemas.isEmpty() ? List.of() : closed(schemas);
    }

    private List<Problem> closed(Map<String, TreeSet<String>> schemas) {
        return session.query(
                """
                SELECT r.rolname, r.rolsuper
                FROM unnest(?::text[]) AS w (role)
                JOIN pg_roles r ON r.rolname = w.role
                WHERE NOT pg_has_role(r.oid, 'USAGE')
                ORDER BY 1
                """,
                row -> problem(row.getString(1), row.getBoolean(2), schemas.get(row.getString(1))),
                schemas.keySet());
    }

    private Problem problem(String creator, boolean superuser, Collection<String> schemas) {
        return Problem.error("the login %s lacks the privileges of %s, whose default privileges in %s would be changed"
                        .formatted(facts.login().name(), creator, ShortList.of(schemas)))
                .remedy(superuser ? "let a superuser run it" : Prerequisites.membership(facts, creator));
    }

    private <T extends Resource> Stream<T> of(Class<T> type) {
        return resources.stream().filter(type::isInstance).map(type::cast);
    }
}
