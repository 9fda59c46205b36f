package io.provision.postgres.migration;

import io.provision.plan.Mark;
import io.provision.plan.Movable.Space;
import io.provision.postgres.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names that must be free where objects go: those of the objects, and of all that goes with them by itself. */
final class NamesTaken {

    /** @param owner the object that the name belongs to, or goes with */
    private record Name(Moving owner, Space space, long oid, String name) {

        String key() {
            return owner.route().to() + "\0" + space + "\0" + name;
        }

        /** The name itself, and whose it is where it is not the object's own. */
        String title() {
            String what = owner.route().from() + "." + name;
            return name.equals(owner.name()) ? what : what + ", which goes with " + owner.source() + ",";
        }
    }

    private final Session session;
    private final Findings findings;

    NamesTaken(Session session, Findings findings) {
        this.session = session;
        this.findings = findings;
    }

    void refuse(MovingSet set, Attachments attachments) {
        List<Name> names = names(set, attachments);
        refuseTwins(names);
        refuseStanding(names);
    }

    /** Two that go to one schema under one name. What goes with them has the same names then, and is not told. */
    private void refuseTwins(List<Name> names) {
        Map<String, Name> first = new HashMap<>();
        Set<List<Moving>> told = new HashSet<>();
        for (Name name : names) {
            Name other = first.putIfAbsent(name.key(), name);
            if (other != null && other.oid() != name.oid() && told.add(List.of(other.owner(), name.owner()))) {
                findings.refuse(
                        name.owner().route(),
                        "%s, for %s, and %s cannot both move to the schema %s".formatted(
                                other.title(),
                                other.owner().route().instance(),
                                name.title(),
                                name.owner().route().to()),
                        "rename one of them first");
            }
        }
    }

    private static List<Name> names(MovingSet set, Attachments attachments) {
        List<Name> names = new ArrayList<>();
        for (Moving object : set.all()) {
            names.add(new Name(object, object.type().space(), object.oid(), object.name()));
        }
        for (Attachments.Attached attached : attachments.all()) {
            Moving owner = set.relation(attached.relation()).orElseThrow();
            switch (attached.kind()) {
                case INDEX, SEQUENCE -> names.add(new Name(owner, Space.RELATION, attached.oid(), attached.name()));
                case TYPE -> names.add(new Name(owner, Space.TYPE, attached.oid(), attached.name()));
                default -> { }
            }
        }
        return names;
    }

    /** An array type moves with its type. A function's arguments are looked up by the function. */
    private void refuseStanding(List<Name> names) {
        session.query(
                        """
                        WITH moving AS (
                          SELECT m.*, n.oid AS target
                          FROM unnest(?::text[], ?::oid[], ?::text[], ?::text[]) WITH ORDINALITY
                            AS m (space, oid, name, schema, place)
                          JOIN pg_namespace n ON n.nspname = m.schema
                        ),
                        compat AS (
                          -- What the tool left in place of a table goes before the table comes back.
                          SELECT c.oid
                          FROM moving m
                          JOIN pg_class c ON c.relname = m.name::name AND c.relnamespace = m.target
                          WHERE c.relkind = 'v'
                            AND starts_with(obj_description(c.oid, 'pg_class'), ?)
                        )
                        SELECT m.place, 'relation', c.relname
                        FROM moving m
                        JOIN pg_class c ON c.relname = m.name::name AND c.relnamespace = m.target
                        WHERE m.space = 'RELATION'
                          AND NOT c.oid IN (SELECT oid FROM compat)
                        UNION ALL
                        (
                          SELECT DISTINCT ON (m.place) m.place, 'type', t.typname
                          FROM moving m
                          JOIN pg_type y ON y.oid = m.oid
                          JOIN pg_type own ON own.oid IN (y.oid, y.typarray)
                          JOIN pg_type t ON t.typname = own.typname AND t.typnamespace = m.target
                          WHERE m.space = 'TYPE'
                            AND NOT t.typrelid IN (SELECT oid FROM compat)
                            AND NOT EXISTS (
                              SELECT
                              FROM pg_type e
                              WHERE e.typarray = t.oid
                                AND e.typrelid IN (SELECT oid FROM compat)
                            )
                          ORDER BY m.place, own.oid <> y.oid
                        )
                        UNION ALL
                        SELECT m.place, 'statistics', x.stxname
                        FROM moving m
                        JOIN pg_statistic_ext x ON x.stxname = m.name::name AND x.stxnamespace = m.target
                        WHERE m.space = 'STATISTICS'
                        UNION ALL
                        SELECT m.place, 'function', p.proname
                        FROM moving m
                        JOIN pg_proc f ON f.oid = m.oid
                        JOIN pg_proc p ON p.proname = f.proname AND p.proargtypes = f.proargtypes
                         AND p.pronamespace = m.target
                        WHERE m.space = 'FUNCTION'
                        ORDER BY 2, 1, 3
                        """,
                        row -> new Taken(names.get(row.getInt(1) - 1), row.getString(2), row.getString(3)),
                        names.stream().map(n -> n.space().name()).toList(),
                        names.stream().map(n -> Long.toString(n.oid())).toList(),
                        names.stream().map(Name::name).toList(),
                        names.stream().map(n -> n.owner().route().to()).toList(),
                        Mark.PREFIX)
                .stream()
                .filter(new RowTypes()::areNot)
                .forEach(taken -> findings.refuse(
                        taken.by().owner().route(),
                        "%s cannot move to the schema %s, where %s".formatted(
                                taken.by().title(), taken.by().owner().route().to(), taken.title()),
                        "rename one of the two, or drop the one in %s if nobody needs it".formatted(
                                taken.by().owner().route().to())));
    }

    /** @param what stands there: a relation comes before a type of the same name */
    private record Taken(Name by, String what, String name) {

        String title() {
            String there = by.owner().route().to() + "." + name;
            return switch (what) {
                case "statistics" -> "the extended statistics " + there + " stand";
                case "type" -> "the type %s stands%s".formatted(
                        there, name.equals(by.name()) ? "" : " under the name of its array type");
                default -> "the %s %s stands".formatted(what, there);
            };
        }
    }

    /** The row type of a relation, and its array type, are told with the relation. */
    private static final class RowTypes {

        private final Set<Map.Entry<Moving, String>> relations = new HashSet<>();

        boolean areNot(Taken taken) {
            Moving owner = taken.by().owner();
            if (taken.what().equals("relation")) {
                relations.add(Map.entry(owner, taken.name()));
            }
            return !taken.what().equals("type")
                    || !relations.contains(Map.entry(owner, taken.name()))
                            && !relations.contains(Map.entry(owner, taken.name().replaceFirst("^_", "")));
        }
    }
}
