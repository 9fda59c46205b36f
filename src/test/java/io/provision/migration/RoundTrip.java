package io.provision.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.CatalogSnapshot;
import io.provision.testing.PgDump;
import io.provision.testing.TestEcosystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A case on its way out of public and back, and what has to be so at each end. */
final class RoundTrip {

    private final RoundTripCase trip;
    private final TestEcosystem ecosystem;
    private final Way way;
    private final Optional<PgDump> dump;
    private final CatalogSnapshot before;
    private final List<String> usersBefore;
    private final Optional<String> dumpBefore;

    /** How to get there, and back again. */
    interface Way {

        /** Before anybody looks. */
        default void prepare(TestEcosystem ecosystem) {
        }

        void there(TestEcosystem ecosystem, RoundTripCase trip);

        /** What had to be kept. */
        List<String> back(TestEcosystem ecosystem, RoundTripCase trip);
    }

    RoundTrip(RoundTripCase trip, TestEcosystem ecosystem, int major, Way way) {
        this.trip = trip;
        this.ecosystem = ecosystem;
        this.way = way;
        this.dump = PgDump.of(major);
        trip.sample().load(ecosystem, major);
        ecosystem.manifest(trip.manifest());
        way.prepare(ecosystem);
        this.before = ecosystem.snapshot();
        this.usersBefore = ecosystem.redisUsers();
        this.dumpBefore = dump();
    }

    /** There, back, and there again, and back; the ACLs that are what they were, but written. */
    List<String> twice() {
        List<String> writtenOut = List.of();
        for (int time = 1; time <= 2; time++) {
            CatalogSnapshot moved = there();
            assertEquals(List.of(), way.back(ecosystem, trip));
            writtenOut = everythingIsAsItWas(moved);
        }
        return writtenOut;
    }

    CatalogSnapshot there() {
        way.there(ecosystem, trip);
        CatalogSnapshot moved = ecosystem.snapshot();
        everythingMoved(moved);
        return moved;
    }

    /** There, and rows are written, also those whose keys are in another schema; sequences count on. */
    void thereAndOn() {
        there();
        ecosystem.execute(trip.meanwhile());
    }

    /** There; much happens; back: what happened stays, in public, and what is nobody's to take stays where it is. */
    void withLifeGoingOn() {
        way.there(ecosystem, trip);
        ecosystem.execute(trip.meanwhile());
        List<String> said = way.back(ecosystem, trip);

        String kept = keptSchema();
        CatalogSnapshot after = ecosystem.snapshot();
        List<String> difference = before.differenceBeyondAclsWrittenOut(after);
        List<String> traces = trip.traces().stream().map(ecosystem::numbered).toList();
        assertEquals(
                List.of(),
                difference.stream()
                        .filter(line -> !line.contains(kept) && traces.stream().noneMatch(line::contains))
                        .toList());
        assertEquals(
                List.of(),
                traces.stream().filter(trace -> difference.stream().noneMatch(line -> line.contains(trace))).toList(),
                () -> String.join("\n", difference));
        assertEquals(
                new TreeSet<>(List.of("notes", "notes_id_seq", "notes_pkey")), relationsIn(after, kept));
        assertTrue(said.stream().anyMatch(what -> what.contains(kept)), said::toString);
    }

    private String keptSchema() {
        return trip.moved().keySet().stream()
                .filter(schema -> trip.meanwhile().contains(schema + ".notes"))
                .map(ecosystem::numbered)
                .findFirst()
                .orElseThrow();
    }

    private static SortedSet<String> relationsIn(CatalogSnapshot snapshot, String schema) {
        String prefix = "relation " + schema + ".";
        return snapshot.identities().stream()
                .filter(identity -> identity.startsWith(prefix))
                .map(identity -> identity.substring(prefix.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The same tables, files and rows, under another name; the others where they were. */
    private void everythingMoved(CatalogSnapshot now) {
        List<String> faults = new ArrayList<>();
        trip.moved().forEach((schema, tables) -> {
            for (String table : tables) {
                String name = table.matches("[a-z_0-9]+") ? table : '"' + table + '"';
                String moved = ecosystem.numbered("relation %s.%s".formatted(schema, name));
                for (String fact : List.of("oid", "relfilenode", "toast relfilenode", "rows", "digest")) {
                    String was = fact(before, "relation public." + name, fact);
                    String is = fact(now, moved, fact);
                    if (!was.equals(is)) {
                        faults.add("%s: %s was %s, is %s".formatted(moved, fact, was, is));
                    }
                }
            }
        });
        List<String> all = trip.moved().values().stream().flatMap(List::stream).toList();
        SortedSet<String> gone = tables(before);
        gone.removeAll(tables(now));
        gone.removeAll(all);
        assertEquals(List.of(), faults);
        assertEquals(new TreeSet<>(), gone);
    }

    private static String fact(CatalogSnapshot snapshot, String identity, String fact) {
        SortedMap<String, List<String>> said = snapshot.objects().get(identity);
        return said == null ? "no such relation" : String.valueOf(said.get(fact));
    }

    /** Of public, but indexes and sequences, which go with them or not. */
    private static SortedSet<String> tables(CatalogSnapshot snapshot) {
        return relationsIn(snapshot, "public").stream()
                .filter(name -> "rpmv".contains(fact(snapshot, "relation public." + name, "relkind").substring(1, 2)))
                .map(name -> name.replace("\"", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> everythingIsAsItWas(CatalogSnapshot moved) {
        CatalogSnapshot after = ecosystem.snapshot();
        List<String> writtenOut = before.aclsWrittenOut(after);
        assertEquals(List.of(), before.differenceBeyondAclsWrittenOut(after));
        assertEquals(List.of(), writtenOut.stream().filter(identity -> !wasGranted(identity, moved)).toList());
        assertEquals(dumpBefore, dump());
        assertEquals(usersBefore, ecosystem.redisUsers());
        return writtenOut;
    }

    /** PostgreSQL keeps what a REVOKE leaves, written; where nothing was granted, there was nothing to revoke. */
    private boolean wasGranted(String identity, CatalogSnapshot moved) {
        String oid = fact(before, identity, "oid");
        return moved.identities().stream()
                .filter(other -> other.matches("(relation|schema) .*") && fact(moved, other, "oid").equals(oid))
                .anyMatch(other -> !fact(moved, other, CatalogSnapshot.ACCESS)
                        .equals(fact(before, identity, CatalogSnapshot.ACCESS)));
    }

    private Optional<String> dump() {
        return dump.map(program -> program.text(ecosystem.postgres().superuserUrl(ecosystem.database())));
    }
}
