package io.provision.postgres;

import io.provision.plan.AclEntry;
import io.provision.plan.FoldedAcl;
import io.provision.plan.Privilege;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a change of owner would fold into one, of relations with their columns and owned sequences, and of types. */
final class FoldedAclsQuery {

    /**
     * A relation or type that is to get another owner.
     *
     * @param catalog the one that it is a row of
     */
    record Changing(String catalog, String oid, String nextOwner) {}

    private record Thing(int place, Optional<String> sequence, Optional<String> column) {}

    private record Entry(Thing thing, AclEntry entry) {}

    private final Session session;

    FoldedAclsQuery(Session session) {
        this.session = session;
    }

    /**
     * A right that the next owner has on a relation makes the way back take the owner's rights on all of it away first,
     * columns and all: then the columns count as well.
     */
    Map<Changing, List<FoldedAcl>> of(Collection<Changing> all) {
        if (all.isEmpty()) {
            return Map.of();
        }
        List<Changing> changing = List.copyOf(all);
        Map<Thing, List<AclEntry>> things = new LinkedHashMap<>();
        session.query(
                        """
                        WITH changing AS (
                          SELECT w.place, w.catalog, w.oid, r.oid AS next
                          FROM unnest(?::text[], ?::oid[], ?::text[]) WITH ORDINALITY AS w (catalog, oid, next, place)
                          JOIN pg_roles r ON r.rolname = w.next
                        ),
                        things AS (
                          SELECT w.place, w.next, NULL AS sequence, NULL AS attname, c.relowner AS owner,
                                 c.relacl AS acl
                          FROM changing w
                          JOIN pg_class c ON c.oid = w.oid
                          WHERE w.catalog = 'pg_class'
                          UNION ALL
                          SELECT w.place, w.next, NULL, t.attname, c.relowner, t.attacl
                          FROM changing w
                          JOIN pg_class c ON c.oid = w.oid
                          JOIN pg_attribute t ON t.attrelid = c.oid AND NOT t.attisdropped
                          WHERE w.catalog = 'pg_class'
                          UNION ALL
                          SELECT w.place, w.next, s.relname, NULL, s.relowner, s.relacl
                          FROM changing w
                          JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = w.oid
                           AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
                          JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
                          WHERE w.catalog = 'pg_class'
                          UNION ALL
                          SELECT w.place, w.next, NULL, NULL, y.typowner, y.typacl
                          FROM changing w
                          JOIN pg_type y ON y.oid = w.oid
                          WHERE w.catalog = 'pg_type'
                        ),
                        entries AS (
                          SELECT t.place, t.sequence, t.attname, a.*,
                                 bool_or(a.grantee = t.next)
                                   OVER (PARTITION BY t.place, t.sequence, t.attname) AS here,
                                 bool_or(a.grantee = t.next AND t.attname IS NULL)
                                   OVER (PARTITION BY t.place, t.sequence) AS above
                          FROM things t
                          CROSS JOIN LATERAL aclexplode(t.acl) a
                          WHERE t.owner <> t.next
                            AND a.grantor = t.owner
                            AND a.grantee IN (t.owner, t.next)
                        )
                        SELECT e.place, e.sequence, e.attname, pg_get_userbyid(e.grantee), e.privilege_type,
                               e.is_grantable
                        FROM entries e
                        WHERE e.here
                           OR e.above
                        """,
                        row -> new Entry(
                                new Thing(
                                        row.getInt(1) - 1,
                                        Optional.ofNullable(row.getString(2)),
                                        Optional.ofNullable(row.getString(3))),
                                new AclEntry(
                                        row.getString(4),
                                        Privilege.valueOf(row.getString(5)),
                                        Optional.ofNullable(row.getString(3)),
                                        row.getBoolean(6))),
                        changing.stream().map(Changing::catalog).toList(),
                        changing.stream().map(Changing::oid).toList(),
                        changing.stream().map(Changing::nextOwner).toList())
                .forEach(found -> things.computeIfAbsent(found.thing(), t -> new ArrayList<>()).add(found.entry()));
        Map<Changing, List<FoldedAcl>> folded = new LinkedHashMap<>();
        things.forEach((thing, entries) -> folded.computeIfAbsent(changing.get(thing.place()), c -> new ArrayList<>())
                .add(new FoldedAcl(thing.sequence(), thing.column(), entries)));
        return folded;
    }
}
