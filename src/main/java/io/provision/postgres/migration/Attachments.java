package io.provision.postgres.migration;

import io.provision.plan.Movable;
import io.provision.postgres.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What goes with a relation by itself, and what belongs to it and would not. */
final class Attachments {

    /** All but STATISTICS go by themselves; TYPE is the row type. */
    enum Kind { INDEX, SEQUENCE, TYPE, TOAST, STATISTICS }

    /**
     * @param relation that it goes with
     * @param inSource whether it stands in the same schema
     */
    record Attached(long relation, Kind kind, long oid, String name, String owner, boolean inSource) {}

    private final MovingSet set;
    private final List<Attached> all;

    private final Set<Long> sequences;

    private Attachments(MovingSet set, List<Attached> all) {
        this.set = set;
        this.all = all;
        this.sequences = all.stream()
                .filter(attached -> attached.kind() == Kind.SEQUENCE)
                .map(Attached::oid)
                .collect(Collectors.toSet());
    }

    static Attachments of(Session session, MovingSet set, Findings findings) {
        List<Attached> all = session.query(
                "WITH " + MovingSet.RELATIONS
                        + """
                        , sequences AS (
                          SELECT m.oid AS relation, m.source, s.oid
                          FROM moving m
                          JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = m.oid
                           AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
                          JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
                        ),
                        attached AS (
                          SELECT m.oid AS relation, m.source, 'INDEX' AS kind, c.oid, c.relname::text AS name,
                                 c.relnamespace AS place, c.relowner AS owner
                          FROM moving m
                          JOIN pg_index x ON x.indrelid = m.oid
                          JOIN pg_class c ON c.oid = x.indexrelid
                          UNION ALL
                          SELECT s.relation, s.source, 'SEQUENCE', c.oid, c.relname, c.relnamespace, c.relowner
                          FROM sequences s
                          JOIN pg_class c ON c.oid = s.oid
                          UNION ALL
                          SELECT m.relation, m.source, 'TYPE', y.oid, y.typname, y.typnamespace, y.typowner
                          FROM (SELECT oid AS relation, source, oid FROM moving UNION SELECT * FROM sequences) m
                          JOIN pg_class c ON c.oid = m.oid
                          JOIN pg_type y ON y.oid = c.reltype
                          UNION ALL
                          SELECT m.oid, m.source, 'TOAST', c.reltoastrelid, '', m.source, c.relowner
                          FROM moving m
                          JOIN pg_class c ON c.oid = m.oid
                          WHERE c.reltoastrelid <> 0
                          UNION ALL
                          SELECT m.oid, m.source, 'STATISTICS', x.oid, x.stxname, x.stxnamespace, x.stxowner
                          FROM moving m
                          JOIN pg_statistic_ext x ON x.stxrelid = m.oid
                        )
                        SELECT a.relation, a.kind, a.oid, a.name, pg_get_userbyid(a.owner), a.place = a.source
                        FROM attached a
                        ORDER BY a.kind, a.name, a.oid
                        """,
                Attachments::attached,
                set.oids(),
                set.routes(),
                set.sources());
        // A sequence may have been named, too; what is attached to it is then attached to its table.
        all.stream().filter(a -> a.kind() == Kind.SEQUENCE).forEach(a -> set.withdraw(a.oid()));
        all.removeIf(a -> set.relation(a.relation()).isEmpty());
        Attachments attachments = new Attachments(set, all);
        attachments.refuseOwnedSequences(session, findings);
        return attachments;
    }

    /** PostgreSQL moves such a sequence only with its table. */
    private void refuseOwnedSequences(Session session, Findings findings) {
        if (set.relations().stream().noneMatch(m -> m.type() == Movable.SEQUENCE)) {
            return;
        }
        session.query(
                        "WITH " + MovingSet.RELATIONS
                                + """
                                SELECT m.oid, t.relname
                                FROM moving m
                                JOIN pg_class s ON s.oid = m.oid AND s.relkind = 'S'
                                JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = m.oid
                                 AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
                                JOIN pg_class t ON t.oid = d.refobjid
                                ORDER BY 1, 2
                                """,
                        row -> Map.entry(row.getLong(1), row.getString(2)),
                        set.oids(),
                        set.routes(),
                        set.sources())
                .forEach(owned -> {
                    Moving sequence = set.relation(owned.getKey()).orElseThrow();
                    findings.refuse(
                            sequence.route(),
                            "%s belongs to a column of %s.%s, which does not move, and moves only with it".formatted(
                                    sequence.source(), sequence.route().from(), owned.getValue()),
                            "name %s in `migrate.tables`, or take the sequence out".formatted(owned.getValue()));
                });
    }

    private static Attached attached(ResultSet row) throws SQLException {
        return new Attached(
                row.getLong(1),
                Kind.valueOf(row.getString(2)),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getBoolean(6));
    }

    List<Attached> all() {
        return all;
    }

    /** Extended statistics that would stay behind. */
    List<Moving> statistics() {
        Set<Long> known = new HashSet<>();
        set.all().stream().filter(m -> m.type() == Movable.STATISTICS).forEach(m -> known.add(m.oid()));
        List<Moving> moving = new ArrayList<>();
        for (Attached attached : all) {
            if (attached.kind() == Kind.STATISTICS && attached.inSource() && known.add(attached.oid())) {
                Route route = set.relation(attached.relation()).orElseThrow().route();
                moving.add(new Moving(
                        route, Movable.STATISTICS, attached.oid(), attached.name(), attached.owner(), false));
            }
        }
        return moving;
    }

    boolean hasSequence(long oid) {
        return sequences.contains(oid);
    }
}
