package io.provision.postgres.isolation;

import io.provision.plan.ObjectKind;
import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.Privilege;
import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.Session;
import io.provision.postgres.Sql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Proves default privileges by effect: makes a table and a sequence as the role that they bind to, asks what the
 * grantee may do with them, and rolls all of it back.
 */
public final class PrivilegeProbe {

    /** Each table is a lock, and the server's table of locks is shared. */
    private static final int IN_ONE_TRANSACTION = 100;

    private final Session session;
    private final String name = "provision_probe_" + UUID.randomUUID().toString().replace('-', '_');
    private final Map<DefaultPrivileges, Proof> proofs = new LinkedHashMap<>();

    /** What became of one. */
    public sealed interface Proof {

        record Holds() implements Proof {}

        /** @param lacking what the grantee may not do with the new object */
        record Fails(List<String> lacking) implements Proof {}

        /** The creator may make nothing in the schema. */
        record Closed() implements Proof {}

        /** @param why in the server's words */
        record Untried(String why) implements Proof {}
    }

    /** Where one creator makes things. */
    private record Place(String schema, String creator) {}

    public PrivilegeProbe(Session session) {
        this.session = session;
    }

    /**
     * @param wanted of tables and sequences
     * @param lockTimeout in milliseconds
     * @return nothing of those whose schema or creator does not stand
     */
    public Map<DefaultPrivileges, Proof> prove(Collection<DefaultPrivileges> wanted, long lockTimeout) {
        Map<Place, List<DefaultPrivileges>> places = wanted.stream()
                .filter(w -> w.objects() != ObjectKind.FUNCTION)
                .collect(Collectors.groupingBy(
                        w -> new Place(w.schema(), w.creator()), LinkedHashMap::new, Collectors.toList()));
        List<Place> all = List.copyOf(places.keySet());
        for (int i = 0; i < all.size(); i += IN_ONE_TRANSACTION) {
            Map<Place, List<DefaultPrivileges>> some = new LinkedHashMap<>();
            all.subList(i, Math.min(i + IN_ONE_TRANSACTION, all.size()))
                    .forEach(place -> some.put(place, places.get(place)));
            inOneTransaction(some, lockTimeout);
        }
        return proofs;
    }

    private void inOneTransaction(Map<Place, List<DefaultPrivileges>> places, long lockTimeout) {
        try {
            session.begin();
            session.execute("SET LOCAL lock_timeout = " + lockTimeout);
            List<DefaultPrivileges> made = new ArrayList<>();
            List<Place> notMade = new ArrayList<>();
            places.forEach((place, wanted) -> {
                if (make(place, wanted)) {
                    made.addAll(wanted);
                } else {
                    notMade.add(place);
                }
            });
            ask(made);
            Map<Place, Boolean> standing = standing(notMade);
            notMade.forEach(place -> places.get(place)
                    .forEach(wanted -> judge(wanted, Optional.ofNullable(standing.get(place)))));
        } catch (DatabaseFailure e) {
            places.values().forEach(wanted -> untried(wanted, e));
        } finally {
            session.rollback();
        }
    }

    /** Nothing that the role may have planted is called: no default, no function, no type but the server's. */
    private boolean make(Place place, List<DefaultPrivileges> wanted) {
        session.execute("SAVEPOINT probe");
        try {
            session.execute("SET LOCAL ROLE " + Sql.identifier(place.creator()));
            session.execute("CREATE TABLE %s (id pg_catalog.int4)".formatted(object(place, ObjectKind.TABLE)));
            session.execute("CREATE SEQUENCE " + object(place, ObjectKind.SEQUENCE));
            session.execute("RESET ROLE");
            session.execute("RELEASE SAVEPOINT probe");
            return true;
        } catch (DatabaseFailure e) {
            if (e.connectionLost()) {
                throw e;
            }
            session.execute("ROLLBACK TO SAVEPOINT probe");
            untried(wanted, e);
            return false;
        }
    }

    /** @param open whether the creator may make things in the schema; empty where one of them does not stand */
    private void judge(DefaultPrivileges notMade, Optional<Boolean> open) {
        if (open.isEmpty()) {
            proofs.remove(notMade);
        } else if (!open.get()) {
            proofs.put(notMade, new Proof.Closed());
        }
    }

    /** Those whose schema and creator stand, and whether that one may make things there. */
    private Map<Place, Boolean> standing(List<Place> notMade) {
        return notMade.isEmpty()
                ? Map.of()
                : session
                        .query(
                                """
                                SELECT n.nspname, r.rolname, has_schema_privilege(r.oid, n.oid, 'CREATE')
                                FROM unnest(?::text[], ?::text[]) AS w (schema, creator)
                                JOIN pg_namespace n ON n.nspname = w.schema
                                JOIN pg_roles r ON r.rolname = w.creator
                                """,
                                row -> Map.entry(new Place(row.getString(1), row.getString(2)), row.getBoolean(3)),
                                notMade.stream().map(Place::schema).toList(),
                                notMade.stream().map(Place::creator).toList())
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private String object(Place place, ObjectKind kind) {
        return Sql.qualified(place.schema(), name(place.creator(), kind));
    }

    /** Two creators may meet in one schema. */
    private String name(String creator, ObjectKind kind) {
        return "%s_%08x_%c".formatted(name, creator.hashCode(), kind == ObjectKind.TABLE ? 'r' : 's');
    }

    private void untried(List<DefaultPrivileges> wanted, DatabaseFailure e) {
        wanted.forEach(w -> proofs.putIfAbsent(w, new Proof.Untried(e.getMessage())));
    }

    private void ask(List<DefaultPrivileges> made) {
        List<DefaultPrivileges> asked = new ArrayList<>();
        List<String> privileges = new ArrayList<>();
        for (DefaultPrivileges wanted : made) {
            for (Privilege privilege : wanted.privileges()) {
                asked.add(wanted);
                privileges.add(privilege.name());
            }
        }
        Map<DefaultPrivileges, Set<String>> held = new HashMap<>();
        session.query(
                        """
                        SELECT w.place, w.privilege
                        FROM unnest(?::text[], ?::text[], ?::text[], ?::text[])
                          WITH ORDINALITY AS w (schema, object, grantee, privilege, place)
                        JOIN pg_namespace n ON n.nspname = w.schema
                        JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.object
                        JOIN pg_roles r ON r.rolname = w.grantee
                        WHERE CASE c.relkind
                          WHEN 'S' THEN has_sequence_privilege(r.oid, c.oid, w.privilege)
                          ELSE has_table_privilege(r.oid, c.oid, w.privilege)
                        END
                        """,
                        row -> Map.entry(asked.get(row.getInt(1) - 1), row.getString(2)),
                        asked.stream().map(DefaultPrivileges::schema).toList(),
                        asked.stream().map(w -> name(w.creator(), w.objects())).toList(),
                        asked.stream().map(DefaultPrivileges::grantee).toList(),
                        privileges)
                .forEach(has -> held.computeIfAbsent(has.getKey(), w -> new LinkedHashSet<>()).add(has.getValue()));
        made.forEach(wanted -> proofs.put(wanted, proof(wanted, held.getOrDefault(wanted, Set.of()))));
    }

    private static Proof proof(DefaultPrivileges wanted, Set<String> held) {
        List<String> lacking =
                wanted.privileges().stream().map(Privilege::name).filter(p -> !held.contains(p)).toList();
        return lacking.isEmpty() ? new Proof.Holds() : new Proof.Fails(lacking);
    }
}
