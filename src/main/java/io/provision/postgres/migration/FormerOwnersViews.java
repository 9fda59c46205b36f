package io.provision.postgres.migration;

import io.provision.plan.Hazard;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.Session;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Views that read what moves with the rights of its owner's role: where that is to be the instance's role then, they
 * are found, and fail.
 */
final class FormerOwnersViews {

    private record Failing(Moving relation, String view, String reader) {}

    private final Session session;
    private final LoginFacts facts;
    private final Findings findings;

    FormerOwnersViews(Session session, LoginFacts facts, Findings findings) {
        this.session = session;
        this.facts = facts;
        this.findings = findings;
    }

    /** @return the views, as the server describes them */
    Set<String> warn(MovingSet set) {
        Set<String> views = new TreeSet<>();
        for (Failing failing : failing(set)) {
            String source = failing.relation().source();
            views.add(failing.view());
            findings.hazard(
                    failing.relation(),
                    Hazard.OWNERSHIP,
                    "%s reads %s with the rights of %s, who keeps none on it: it fails until %3$s is granted SELECT"
                            .formatted(failing.view(), source, failing.reader()));
        }
        return views;
    }

    private List<Failing> failing(MovingSet set) {
        List<Moving> given =
                set.relations().stream().filter(m -> !m.owner().equals(m.nextOwner())).toList();
        return given.isEmpty()
                ? List.of()
                : session.query(
                        """
                        SELECT DISTINCT c.oid, pg_describe_object('pg_class'::regclass, v.oid, 0), o.rolname
                        FROM unnest(?::oid[], ?::text[]) AS m (oid, owner)
                        JOIN pg_class c ON c.oid = m.oid
                        JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass
                         AND d.refobjid = c.oid
                         AND d.classid = 'pg_rewrite'::regclass
                        JOIN pg_rewrite w ON w.oid = d.objid
                        JOIN pg_class v ON v.oid = w.ev_class AND v.relkind IN ('v', 'm')
                        JOIN pg_roles o ON o.oid = v.relowner
                        WHERE v.oid NOT IN (SELECT unnest(?::oid[]))
                          AND NOT o.rolsuper
                          AND o.rolname <> ?
                          AND pg_has_role(o.oid, c.relowner, 'USAGE')
                          AND NOT EXISTS (
                            SELECT
                            FROM pg_roles r
                            WHERE r.rolname IN (m.owner, 'pg_read_all_data')
                              AND pg_has_role(o.oid, r.oid, 'USAGE')
                          )
                          AND NOT EXISTS (
                            SELECT
                            FROM aclexplode(c.relacl) a
                            WHERE a.privilege_type = 'SELECT'
                              AND a.grantee <> c.relowner
                              AND (a.grantee = 0 OR pg_has_role(o.oid, a.grantee, 'USAGE'))
                          )
                          AND NOT EXISTS (
                            SELECT
                            FROM pg_options_to_table(v.reloptions) t
                            WHERE t.option_name = 'security_invoker'
                              AND t.option_value::boolean
                          )
                        ORDER BY 1, 2
                        """,
                        row -> new Failing(
                                set.relation(row.getLong(1)).orElseThrow(), row.getString(2), row.getString(3)),
                        given.stream().map(m -> String.valueOf(m.oid())).toList(),
                        given.stream().map(Moving::nextOwner).toList(),
                        set.oids(),
                        facts.login().name());
    }
}
