package io.provision.postgres.migration;

import io.provision.plan.AclEntry;
import io.provision.plan.MigrationResource.CompatView;
import io.provision.plan.Privilege;
import io.provision.postgres.LoginFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Views that are left where tables stood, for those who go on saying {@code public.x}. */
final class CompatViews {

    private static final Set<Privilege> OF_VIEWS =
            Set.of(Privilege.SELECT, Privilege.INSERT, Privilege.UPDATE, Privilege.DELETE);

    private final LoginFacts facts;
    private final Findings findings;

    CompatViews(LoginFacts facts, Findings findings) {
        this.facts = facts;
        this.findings = findings;
    }

    /** @param acls what may be done with each relation once it has moved, and by whom */
    void want(MovingSet set, Map<Moving, List<AclEntry>> acls) {
        Map<Integer, TreeSet<String>> tables = new TreeMap<>();
        for (Moving relation : set.relations()) {
            if (relation.route().compat() && relation.isTable()) {
                tellReadersOfColumns(relation, acls.getOrDefault(relation, List.of()));
                tables.computeIfAbsent(relation.route().number(), t -> new TreeSet<>()).add(relation.source());
                findings.want(view(relation, acls.getOrDefault(relation, List.of())), relation.route());
            }
        }
        tables.forEach((number, names) -> tell(set.route(number), names));
    }

    private void tell(Route route, TreeSet<String> names) {
        if (facts.serverVersion() < 150000) {
            findings.refuse(
                    route,
                    "`views: compat` needs PostgreSQL 15, and this is %d: before, a view uses the table with the rights"
                                    .formatted(facts.serverVersion() / 10000)
                            + " of its own owner, and sees past row security",
                    "say `views: none`, and let clients say %s instead of %s".formatted(route.to(), route.from()));
        } else {
            findings.note(
                    route,
                    "the views left as %s cannot do all that tables can: COPY … FROM, TRUNCATE and ALTER TABLE are to"
                                    .formatted(Findings.some(names))
                            + " say " + route.to());
        }
    }

    /** A view reads all its columns with the rights of whoever uses it, whichever of them are asked for. */
    private void tellReadersOfColumns(Moving table, List<AclEntry> acl) {
        TreeSet<String> readers = new TreeSet<>();
        acl.stream()
                .filter(entry -> entry.privilege() == Privilege.SELECT && entry.column().isPresent())
                .forEach(entry -> readers.add(entry.grantee()));
        acl.stream()
                .filter(entry -> entry.privilege() == Privilege.SELECT && entry.column().isEmpty())
                .forEach(entry -> readers.remove(entry.grantee()));
        if (!readers.isEmpty()) {
            findings.note(
                    table.route(),
                    "%s may read some columns of %s only, and cannot read the view left there: it takes SELECT on all"
                            .formatted(Findings.some(readers), table.source()));
        }
    }

    /** The login makes the view and so owns it: what the table's owner may do has to be granted. */
    private CompatView view(Moving table, List<AclEntry> acl) {
        return new CompatView(
                table.name(),
                table.route().from(),
                table.route().to(),
                Optional.empty(),
                acl.stream()
                        .filter(entry -> OF_VIEWS.contains(entry.privilege()))
                        .filter(entry -> !entry.grantee().equals(facts.login().name()))
                        .distinct()
                        .toList());
    }
}
