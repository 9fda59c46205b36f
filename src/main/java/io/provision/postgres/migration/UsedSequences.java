package io.provision.postgres.migration;

import io.provision.plan.MigrationResource.SequenceUsage;
import io.provision.plan.Movable;
import io.provision.postgres.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sequences that defaults of moving tables take values from, and that belong to no column: they are found by OID
 * wherever they stand. One that nobody else uses moves along; the instance's role may use one that stays.
 */
final class UsedSequences {

    /** A sequence that stays, and is used by what moves. */
    record Staying(Route route, String name, String owner) {

        private Place place() {
            return new Place(route, name);
        }
    }

    private record Place(Route route, String name) {}

    private record Used(Route route, long oid, String name, String owner, boolean bound, Optional<String> alsoUsedBy) {}

    private final Session session;
    private final Findings findings;

    UsedSequences(Session session, Findings findings) {
        this.session = session;
        this.findings = findings;
    }

    /** Adds to the set what moves along. */
    List<Staying> join(MovingSet set, Attachments attachments) {
        List<Staying> staying = new ArrayList<>();
        TextDefaults texts = TextDefaults.of(session, set);
        for (Used used : used(set)) {
            if (set.relation(used.oid()).isPresent() || attachments.hasSequence(used.oid())) {
                continue;
            }
            Optional<String> reason = used.alsoUsedBy()
                    .map(user -> user + " uses it, too")
                    .or(() -> texts.naming(used.route(), used.name()).map(text -> text + " names it by text"));
            if (reason.isEmpty() && !used.bound()) {
                set.add(new Moving(used.route(), Movable.SEQUENCE, used.oid(), used.name(), used.owner(), false));
            } else {
                stays(used, reason.orElse("it belongs to another table or to an extension"), staying);
            }
        }
        texts.refuse(set, attachments, findings);
        Set<Place> told = new HashSet<>();
        staying.forEach(sequence -> told.add(sequence.place()));
        texts.staying(set, attachments).forEach(sequence -> {
            if (!told.contains(sequence.place())) {
                stays(
                        new Used(sequence.route(), 0, sequence.name(), sequence.owner(), false, Optional.empty()),
                        "a default of what moves names it by text",
                        staying);
            }
        });
        return staying;
    }

    private void stays(Used used, String reason, List<Staying> staying) {
        Route route = used.route();
        findings.note(
                route,
                "the sequence %s.%s stays where it is, and is still found there: %s".formatted(
                        route.from(), used.name(), reason));
        if (!used.owner().equals(route.role())) {
            findings.want(new SequenceUsage(route.from(), used.name(), route.role()), route);
            staying.add(new Staying(route, used.name(), used.owner()));
        }
    }

    private List<Used> used(MovingSet set) {
        return session.query(
                "WITH " + MovingSet.RELATIONS
                        + """
                        , used AS (
                          SELECT DISTINCT m.route, s.oid
                          FROM moving m
                          JOIN pg_attrdef a ON a.adrelid = m.oid
                          JOIN pg_depend d ON d.classid = 'pg_attrdef'::regclass AND d.objid = a.oid
                           AND d.refclassid = 'pg_class'::regclass
                          JOIN pg_class s ON s.oid = d.refobjid AND s.relkind = 'S' AND s.relnamespace = m.source
                        )
                        SELECT u.route, s.oid, s.relname, pg_get_userbyid(s.relowner),
                               EXISTS (
                                 SELECT
                                 FROM pg_depend o
                                 WHERE o.classid = 'pg_class'::regclass
                                   AND o.objid = s.oid
                                   AND o.deptype IN ('a', 'i', 'e')
                               ),
                               (
                                 SELECT pg_describe_object(d.classid, d.objid, d.objsubid)
                                 FROM pg_depend d
                                 LEFT JOIN pg_attrdef a ON d.classid = 'pg_attrdef'::regclass AND a.oid = d.objid
                                 LEFT JOIN moving m ON m.oid = a.adrelid AND m.route = u.route
                                 WHERE d.refclassid = 'pg_class'::regclass
                                   AND d.refobjid = s.oid
                                   AND d.deptype <> 'i'
                                   AND m.oid IS NULL
                                 ORDER BY 1
                                 LIMIT 1
                               )
                        FROM used u
                        JOIN pg_class s ON s.oid = u.oid
                        ORDER BY u.route, s.relname
                        """,
                row -> used(set, row),
                set.oids(),
                set.routes(),
                set.sources());
    }

    private static Used used(MovingSet set, ResultSet row) throws SQLException {
        return new Used(
                set.route(row.getInt(1)),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getBoolean(5),
                Optional.ofNullable(row.getString(6)));
    }
}
