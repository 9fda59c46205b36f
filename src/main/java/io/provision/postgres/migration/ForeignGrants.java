package io.provision.postgres.migration;

import io.provision.postgres.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Rights that a change of owner would fold together so that nobody could tell them apart again: those that the next
 * owner granted, or was granted by somebody other than the owner. A grant is made anew only as the owner's.
 */
final class ForeignGrants {

    private record Foreign(Moving object, String what, String grantee, String grantor) {}

    private final Session session;
    private final Findings findings;

    ForeignGrants(Session session, Findings findings) {
        this.session = session;
        this.findings = findings;
    }

    void refuse(MovingSet set) {
        List<Moving> changing = set.all().stream()
                .filter(object -> !object.nextOwner().equals(object.owner()))
                .toList();
        if (!changing.isEmpty()) {
            foreign(changing).forEach(this::refuse);
        }
    }

    private void refuse(Foreign foreign) {
        Moving object = foreign.object();
        findings.refuse(
                object.route(),
                "%s cannot get the owner %s, because what %s granted to %s on %s could not be told apart again on the"
                                .formatted(
                                        object.source(),
                                        object.nextOwner(),
                                        foreign.grantor(),
                                        foreign.grantee(),
                                        foreign.what())
                        + " way back",
                "say `owner: keep` in `migrate`, or revoke it first");
    }

    /** A table's row type has an ACL of its own, which {@code ALTER TABLE … OWNER TO} folds, too. */
    private List<Foreign> foreign(List<Moving> changing) {
        return session.query(
                """
                WITH changing AS (
                  SELECT w.place, w.catalog, w.oid, r.oid AS next
                  FROM unnest(?::text[], ?::oid[], ?::text[]) WITH ORDINALITY AS w (catalog, oid, next, place)
                  JOIN pg_roles r ON r.rolname = w.next
                ),
                things AS (
                  SELECT w.place, w.next, c.relname AS name, c.relowner AS owner, c.relacl AS acl, false AS row_type
                  FROM changing w
                  JOIN pg_class c ON c.oid = w.oid
                  WHERE w.catalog = 'pg_class'
                  UNION ALL
                  SELECT w.place, w.next, c.relname || '.' || t.attname, c.relowner, t.attacl, false
                  FROM changing w
                  JOIN pg_class c ON c.oid = w.oid
                  JOIN pg_attribute t ON t.attrelid = c.oid AND NOT t.attisdropped
                  WHERE w.catalog = 'pg_class'
                  UNION ALL
                  SELECT w.place, w.next, s.relname, s.relowner, s.relacl, false
                  FROM changing w
                  JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = w.oid
                   AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
                  JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
                  WHERE w.catalog = 'pg_class'
                  UNION ALL
                  SELECT w.place, w.next, y.typname, y.typowner, y.typacl, w.catalog = 'pg_class'
                  FROM changing w
                  LEFT JOIN pg_class c ON w.catalog = 'pg_class' AND c.oid = w.oid
                  JOIN pg_type y ON y.oid = CASE w.catalog WHEN 'pg_type' THEN w.oid ELSE c.reltype END
                )
                SELECT DISTINCT t.place, CASE WHEN t.row_type THEN 'the row type of ' ELSE '' END, t.name,
                       CASE a.grantee WHEN 0 THEN 'everybody' ELSE pg_get_userbyid(a.grantee) END,
                       pg_get_userbyid(a.grantor)
                FROM things t
                CROSS JOIN LATERAL aclexplode(t.acl) a
                WHERE t.owner <> t.next
                  AND (a.grantor = t.next OR a.grantee = t.next AND (a.grantor <> t.owner OR t.row_type))
                ORDER BY 1, 3, 2, 4, 5
                """,
                row -> foreign(changing, row),
                changing.stream().map(Moving::catalog).toList(),
                changing.stream().map(object -> String.valueOf(object.oid())).toList(),
                changing.stream().map(Moving::nextOwner).toList());
    }

    private static Foreign foreign(List<Moving> changing, ResultSet row) throws SQLException {
        Moving object = changing.get(row.getInt(1) - 1);
        String what = row.getString(2) + object.route().from() + "." + row.getString(3);
        return new Foreign(object, what, row.getString(4), row.getString(5));
    }
}
