package io.provision.postgres.migration;

import io.provision.postgres.Session;
import java.util.List;
import java.util.Map;

/** A member of an extension moves without an error, and breaks the extension. */
final class Extensions {

    private final Session session;
    private final Findings findings;

    Extensions(Session session, Findings findings) {
        this.session = session;
        this.findings = findings;
    }

    void refuseMembers(MovingSet set) {
        List<Moving> all = set.all();
        session.query(
                        """
                        SELECT m.place, e.extname
                        FROM unnest(?::text[], ?::oid[]) WITH ORDINALITY AS m (catalog, oid, place)
                        JOIN pg_depend d ON d.classid = m.catalog::regclass AND d.objid = m.oid
                        JOIN pg_extension e ON e.oid = d.refobjid
                        WHERE d.refclassid = 'pg_extension'::regclass
                          AND d.deptype = 'e'
                        ORDER BY 1
                        """,
                        row -> Map.entry(all.get(row.getInt(1) - 1), row.getString(2)),
                        all.stream().map(Moving::catalog).toList(),
                        all.stream().map(m -> Long.toString(m.oid())).toList())
                .forEach(member -> findings.refuse(
                        member.getKey().route(),
                        "%s is a member of the extension %s, which it would break by moving".formatted(
                                member.getKey().source(), member.getValue()),
                        "take it out of `migrate.tables`; a glob must not match it"));
    }
}
