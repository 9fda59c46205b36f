package io.provision.postgres;

import io.provision.postgres.DigestsQuery.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What stands in the schema, and what its owner owns elsewhere, without a digest: all that need be known of what was
 * made where nothing stood. The server plans these few short scans in a fraction of the time that it takes to plan the
 * {@link DigestsQuery}, and it plans anew for each schema: making one throws away every plan that was kept.
 */
final class ListingQuery {

    /**
     * @param frame the owner's schemas and default privileges, with digests as in {@link DigestsQuery}
     * @param relations the object ids of tables, views, sequences, without those of their indexes
     * @param functions object ids
     * @param others whether there is anything else
     */
    record Listing(Map<Item, String> frame, List<Long> relations, List<Long> functions, boolean others) {

        /** Whether nothing stands in it that a file could change or drop. */
        boolean bare() {
            return relations.isEmpty() && functions.isEmpty() && !others;
        }
    }

    private record Found(String catalog, long oid, Optional<Item> framed, String digest) {}

    private final Session session;
    private final ScriptContext context;
    private final List<Found> all = new ArrayList<>();

    ListingQuery(Session session, ScriptContext context) {
        this.session = session;
        this.context = context;
    }

    /** What the questions were answered with. */
    Listing listing() {
        Map<Item, String> frame = new LinkedHashMap<>();
        all.forEach(found -> found.framed().ifPresent(item -> frame.put(item, found.digest())));
        List<Found> made = all.stream().filter(found -> found.framed().isEmpty()).toList();
        return new Listing(
                frame,
                of(made, "pg_class"),
                of(made, "pg_proc"),
                made.stream().anyMatch(found -> !List.of("pg_class", "pg_proc").contains(found.catalog())));
    }

    private static List<Long> of(List<Found> found, String catalog) {
        return found.stream()
                .filter(one -> one.catalog().equals(catalog))
                .map(Found::oid)
                .distinct()
                .toList();
    }

    /** Without parameters. Two short scans: as one statement, they would take the server four times as long to plan. */
    List<Question> questions() {
        all.clear();
        return List.of(inTheSchema(), ofTheOwner());
    }

    private Question inTheSchema() {
        return new Question(
                """
                SELECT d.classid::regclass::text, d.objid
                FROM pg_depend d
                WHERE d.refclassid = 'pg_namespace'::regclass
                  AND d.refobjid = to_regnamespace(%s)
                  AND d.classid <> 'pg_default_acl'::regclass
                """
                        .formatted(Sql.literal(Sql.identifier(context.schema()))),
                row -> all.add(new Found(row.getString(1), row.getLong(2), Optional.empty(), "")),
                List.of());
    }

    private Question ofTheOwner() {
        return new Question(
                """
                SELECT s.classid::regclass::text, s.objid, i.type, i.identity,
                       md5(coalesce('comment ' || (
                         SELECT d.description
                         FROM pg_description d
                         WHERE d.classoid = s.classid
                           AND d.objoid = s.objid
                           AND d.objsubid = 0
                       ), ''))
                FROM pg_shdepend s
                CROSS JOIN LATERAL pg_identify_object(
                  CASE WHEN s.classid IN ('pg_namespace'::regclass, 'pg_default_acl'::regclass) THEN s.classid END,
                  s.objid,
                  0) i
                WHERE s.refclassid = 'pg_authid'::regclass
                  AND s.refobjid = to_regrole(%s)
                  AND s.deptype = 'o'
                  AND s.dbid = %d
                """
                        .formatted(
                                Sql.literal(Sql.identifier(context.owner().orElse(context.role()))),
                                session.database()),
                row -> all.add(new Found(
                        row.getString(1),
                        row.getLong(2),
                        row.getString(3) == null
                                ? Optional.empty()
                                : Optional.of(new Item(row.getString(3), row.getString(4), Optional.empty())),
                        String.valueOf(row.getString(5)))),
                List.of());
    }

    /** What is listed, with its parts; a constant stands for the digest, as nothing of it is to be compared. */
    Map<Item, String> objects(Listing listing) {
        Map<Item, String> objects = new LinkedHashMap<>(listing.frame());
        if (!listing.bare()) {
            identified(parts(listing)).forEach(item -> objects.put(item, "made"));
        }
        return objects;
    }

    /** @param whole the object id of the relation that it is a part of; 0 where it is one itself */
    private record Part(String catalog, long oid, long whole) {}

    private List<Part> parts(Listing listing) {
        List<Part> parts = new ArrayList<>();
        listing.relations().forEach(oid -> parts.add(new Part("pg_class", oid, 0)));
        listing.functions().forEach(oid -> parts.add(new Part("pg_proc", oid, 0)));
        String relations = oids(listing.relations());
        List<Question> questions = new ArrayList<>();
        questions.add(partsIn(parts, "pg_class", "SELECT indexrelid, indrelid FROM pg_index WHERE indrelid = ANY (%s)"
                .formatted(relations)));
        RelationPart.ALL.forEach(part -> questions.add(partsIn(
                parts,
                part.catalog(),
                "SELECT p.oid, p.%2$s FROM %1$s p WHERE p.%2$s = ANY (%4$s) %3$s"
                        .formatted(part.catalog(), part.relation(), part.further(), relations))));
        session.executeThenAsk(List.of(), List.of(), questions);
        return parts;
    }

    private static Question partsIn(List<Part> parts, String catalog, String sql) {
        return new Question(sql, row -> parts.add(new Part(catalog, row.getLong(1), row.getLong(2))), List.of());
    }

    private List<Item> identified(List<Part> parts) {
        List<Item> items = new ArrayList<>();
        session.executeThenAsk(List.of(), List.of(), List.of(new Question(
                """
                SELECT i.type, i.identity, nullif(o.whole, 0)::regclass::text
                FROM unnest(%s::regclass[], %s, %s) AS o (class, oid, whole)
                CROSS JOIN LATERAL pg_identify_object(o.class, o.oid, 0) i
                """
                        .formatted(
                                parts.stream().map(Part::catalog).collect(Collectors.joining(",", "'{", "}'")),
                                oids(parts.stream().map(Part::oid).toList()),
                                oids(parts.stream().map(Part::whole).toList())),
                row -> items.add(new Item(
                        String.valueOf(row.getString(1)),
                        String.valueOf(row.getString(2)),
                        Optional.ofNullable(row.getString(3)))),
                List.of())));
        return items;
    }

    private static String oids(List<Long> oids) {
        return oids.stream().map(String::valueOf).collect(Collectors.joining(",", "'{", "}'::oid[]"));
    }
}
