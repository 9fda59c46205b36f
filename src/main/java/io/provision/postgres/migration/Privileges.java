package io.provision.postgres.migration;

import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.ResourceId;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.Session;
import io.provision.postgres.Sql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the login lacks to move things, and to move them back again: there are no one-way doors. */
final class Privileges {

    /**
     * What has to be done to things of one owner for one route.
     *
     * @param regains whether it is the owner who gets them back
     * @param givenAway those of the objects that somebody else is to own
     */
    private record Need(Route route, String owner, boolean regains, Set<String> objects, Set<String> givenAway) {

        static Need of(Route route, String owner) {
            return new Need(route, owner, false, new TreeSet<>(), new TreeSet<>());
        }

        static Need regaining(Route route, String owner) {
            return new Need(route, owner, true, new TreeSet<>(), new TreeSet<>());
        }

        boolean gives() {
            return !givenAway.isEmpty();
        }
    }

    private record Owner(String name, boolean superuser, boolean member, boolean usage, boolean set) {}

    private final Session session;
    private final LoginFacts facts;
    private final Findings findings;
    private final Map<ResourceId, Placement> told;
    private final String login;

    /** @param told what goes back, and who is to own it then */
    Privileges(Session session, LoginFacts facts, Findings findings, Map<ResourceId, Placement> told) {
        this.told = told;
        this.session = session;
        this.facts = facts;
        this.findings = findings;
        this.login = Sql.identifier(facts.login().name());
    }

    /** @param staying sequences that the login grants rights on */
    void check(MovingSet set, Collection<UsedSequences.Staying> staying) {
        if (!facts.login().superuser()) {
            Collection<Need> needs = needs(set, staying);
            owners(needs);
            schemas(needs);
        }
    }

    /** A role that the same plan makes the login a member of is one that it can act for by then. */
    private Collection<Need> needs(MovingSet set, Collection<UsedSequences.Staying> staying) {
        Map<String, Need> needs = new TreeMap<>();
        for (Moving object : set.all()) {
            Need need = needs.computeIfAbsent(
                    key(object.route(), object.owner()), k -> Need.of(object.route(), object.owner()));
            need.objects().add(object.source());
            if (!object.nextOwner().equals(object.owner())) {
                need.givenAway().add(object.source());
            }
            Optional.ofNullable(told.get(object.id()))
                    .map(Placement::owner)
                    .filter(owner -> !owner.equals(object.owner()))
                    .ifPresent(owner -> needs.computeIfAbsent(
                                    key(object.route(), owner) + " regains", k -> Need.regaining(object.route(), owner))
                            .objects()
                            .add(object.source()));
        }
        staying.forEach(sequence -> needs.computeIfAbsent(
                        key(sequence.route(), sequence.owner()), k -> Need.of(sequence.route(), sequence.owner()))
                .objects()
                .add(sequence.route().from() + "." + sequence.name()));
        return needs.values();
    }

    private static String key(Route route, String owner) {
        return "%08d %s".formatted(route.number(), owner);
    }

    private void owners(Collection<Need> needs) {
        Map<String, Owner> owners = new TreeMap<>();
        String set = facts.membershipsHaveOptions() ? "SET" : "MEMBER";
        session.query(
                        """
                        SELECT r.rolname, r.rolsuper, pg_has_role(r.oid, 'MEMBER'), pg_has_role(r.oid, 'USAGE'),
                               pg_has_role(r.oid, '%s')
                        FROM unnest(?::text[]) AS w (role)
                        JOIN pg_roles r ON r.rolname = w.role
                        """
                                .formatted(set),
                        row -> new Owner(
                                row.getString(1),
                                row.getBoolean(2),
                                row.getBoolean(3),
                                row.getBoolean(4),
                                row.getBoolean(5)),
                        needs.stream().map(Need::owner).distinct().toList())
                .forEach(owner -> owners.put(owner.name(), owner));
        needs.stream()
                .filter(need -> owners.containsKey(need.owner()) && !need.owner().equals(need.route().role()))
                .forEach(need -> check(need, owners.get(need.owner())));
    }

    private void check(Need need, Owner owner) {
        if (need.regains()) {
            regaining(need, owner);
        } else if (!owner.usage()) {
            findings.refuse(
                    need.route(),
                    "the login %s lacks the privileges of %s, who owns %s".formatted(
                            facts.login().name(), owner.name(), Findings.some(need.objects())),
                    remedy(need, owner));
        } else if (need.gives() && !owner.set()) {
            findings.refuse(
                    need.route(),
                    "the login %s may not act as %s, who owns %s, and could not give it back".formatted(
                            facts.login().name(), owner.name(), Findings.some(need.objects())),
                    actAs(owner));
        }
    }

    /** Making somebody an owner takes the membership, and granting on its behalf afterwards its privileges. */
    private void regaining(Need need, Owner owner) {
        if (!owner.usage() || !owner.set()) {
            findings.refuse(
                    need.route(),
                    "the login %s may not act as %s, who is to get %s back".formatted(
                            facts.login().name(), owner.name(), Findings.some(need.objects())),
                    regainingRemedy(need, owner));
        }
    }

    private String regainingRemedy(Need need, Owner owner) {
        if (owner.superuser()) {
            return "let a superuser run it";
        }
        return owner.usage() ? actAs(owner) : remedy(need, owner);
    }

    private String actAs(Owner owner) {
        return letRun("GRANT %s TO %s WITH SET TRUE".formatted(Sql.identifier(owner.name()), login));
    }

    /** Before 16 the login inherits from all that it is a member of or from none; from then on each grant says. */
    private String remedy(Need need, Owner owner) {
        if (owner.superuser()) {
            return "give %s to another role: nobody should be a member of the superuser %s".formatted(
                    Findings.some(need.objects()), owner.name());
        }
        if (!facts.membershipsHaveOptions() && owner.member()) {
            return letRun("ALTER ROLE %s INHERIT".formatted(login));
        }
        String inherit = !facts.membershipsHaveOptions() || facts.inherits() && !owner.member()
                ? ""
                : " WITH INHERIT TRUE";
        return letRun("GRANT %s TO %s%s".formatted(Sql.identifier(owner.name()), login, inherit));
    }

    /** Who takes an object back needs CREATE on the schema that it comes back to, and so does its owner to get it. */
    private void schemas(Collection<Need> needs) {
        List<Visitor> visitors = new ArrayList<>();
        for (Need need : needs) {
            visitors.add(new Visitor(need.route(), facts.login().name()));
            if (need.gives() || need.regains()) {
                visitors.add(new Visitor(need.route(), need.owner()));
            }
        }
        List<Visitor> all = visitors.stream().distinct().toList();
        session.query(
                        """
                        SELECT w.place,
                               concat_ws(', ',
                                 CASE WHEN NOT has_schema_privilege(r.oid, n.oid, 'USAGE') THEN 'USAGE' END,
                                 CASE WHEN NOT has_schema_privilege(r.oid, n.oid, 'CREATE') THEN 'CREATE' END)
                        FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS w (schema, role, place)
                        JOIN pg_namespace n ON n.nspname = w.schema
                        JOIN pg_roles r ON r.rolname = w.role
                        WHERE NOT has_schema_privilege(r.oid, n.oid, 'USAGE')
                           OR NOT has_schema_privilege(r.oid, n.oid, 'CREATE')
                        ORDER BY 1
                        """,
                        row -> Map.entry(all.get(row.getInt(1) - 1), row.getString(2)),
                        all.stream().map(Visitor::schema).toList(),
                        all.stream().map(Visitor::role).toList())
                .forEach(missing -> lacks(missing.getKey(), missing.getValue()));
    }

    /** Somebody who has to make things in the schema that they come from at first, and go back to. */
    private record Visitor(Route route, String role) {

        String schema() {
            return route.back() ? route.to() : route.from();
        }
    }

    private void lacks(Visitor visitor, String privileges) {
        findings.refuse(
                visitor.route(),
                "%s %s lacks %s on the schema %s, and without it nothing could go back there".formatted(
                        visitor.role().equals(facts.login().name()) ? "the login" : "the owner",
                        visitor.role(),
                        privileges,
                        visitor.schema()),
                letRun("GRANT %s ON SCHEMA %s TO %s".formatted(
                        privileges, Sql.identifier(visitor.schema()), Sql.identifier(visitor.role()))));
    }

    private static String letRun(String statement) {
        return "let somebody who may run: " + statement + ";";
    }
}
