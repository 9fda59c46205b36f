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
     * @param placed the object ids of tables, views, sequences in the schema, without those of their indexes
     * @param relations the same, with the owner's elsewhere
     * @param functions object ids
     * @param others whether there is anything else
     */
    record Listing(
            Map<Item, String> frame,
            List<Long> placed,
            List<Long> relations,
            List<Long> functions,
            boolean others) {

        /** Whether nothing stands in it that a file could change or drop. */
        boolean bare() {
            return relations.isEmpty() && functions.isEmpty() && !others;
        }
    }

    private record Found(String catalog, long oid, boolean placed, Optional<Item> framed, String digest) {}

    private final Session session;
    private final ScriptContext context;
    private final List<Found> all = new ArrayList<>();

    ListingQuery(Session session, ScriptContext context) {
        this.session = session;
        this.context = context;
    }

    /** What the question was answered with. */
    Listing listing() {
        Map<Item, String> frame = new LinkedHashMap<>();
        all.forEach(found -> found.framed().ifPresent(item -> frame.put(item, found.digest())));
        List<Found> made = all.stream().filter(found -> found.framed().isEmpty()).toList();
        return new Listing(
                frame,
                of(made.stream().filter(Found::placed).toList(), "pg_class"),
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

    /** Without parameters. */
    Question question() {
        all.clear();
        return new Question(
                """
                SELECT d.classid::regclass::text, d.objid, TRUE, NULL, NULL, NULL
                FROM pg_depend d
                WHERE d.refclassid = 'pg_namespace'::regclass
                  AND d.refobjid = to_regnamespace(%s)
                  AND d.classid <> 'pg_default_acl'::regclass
                UNION ALL
                SELECT s.classid::regclass::text, s.objid, FALSE, i.type, i.identity,
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
                  AND s.dbid = (
                    SELECT oid
                    FROM pg_database
                    WHERE datname = current_database()
                  )
                """
                        .formatted(
                                Sql.literal(Sql.identifier(context.schema())),
                                Sql.literal(Sql.identifier(context.owner().orElse(context.role())))),
                row -> all.add(new Found(
                        row.getString(1),
                        row.getLong(2),
                        row.getBoolean(3),
                        row.getString(4) == null
                                ? Optional.empty()
                                : Optional.of(new Item(row.getString(4), row.getString(5), Optional.empty())),
                        String.valueOf(row.getString(6)))),
                List.of());
    }

    /** What is listed, with its parts; a constant stands for the digest, as nothing of it is to be compared. */
    Map<Item, String> objects(Listing listing) {
        Map<Item, String> objects = new LinkedHashMap<>(listing.frame());
        if (!listing.bare()) {
            parts(listing).forEach(item -> objects.put(item, "made"));
        }
        return objects;
    }

    private List<Item> parts(Listing listing) {
        return session.query(
                """
                SELECT i.type, i.identity, nullif(o.whole, 0)::regclass::text
                FROM (
                  SELECT 'pg_class'::regclass AS class, unnest(%1$s) AS oid, 0 AS whole
                  UNION ALL
                  SELECT 'pg_class'::regclass, x.indexrelid, x.indrelid
                  FROM pg_index x
                  WHERE x.indrelid = ANY (%3$s)
                  UNION ALL
                  SELECT 'pg_attrdef'::regclass, d.oid, d.adrelid
                  FROM pg_attrdef d
                  WHERE d.adrelid = ANY (%1$s)
                  UNION ALL
                  SELECT 'pg_constraint'::regclass, k.oid, k.conrelid
                  FROM pg_constraint k
                  WHERE k.conrelid = ANY (%1$s)
                    AND k.connamespace = to_regnamespace(?)
                  UNION ALL
                  SELECT 'pg_trigger'::regclass, t.oid, t.tgrelid
                  FROM pg_trigger t
                  WHERE t.tgrelid = ANY (%1$s)
                    AND NOT t.tgisinternal
                  UNION ALL
                  SELECT 'pg_rewrite'::regclass, w.oid, w.ev_class
                  FROM pg_rewrite w
                  WHERE w.ev_class = ANY (%1$s)
                  UNION ALL
                  SELECT 'pg_policy'::regclass, p.oid, p.polrelid
                  FROM pg_policy p
                  WHERE p.polrelid = ANY (%1$s)
                  UNION ALL
                  SELECT 'pg_proc'::regclass, unnest(%2$s), 0
                ) o
                CROSS JOIN LATERAL pg_identify_object(o.class, o.oid, 0) i
                """
                        .formatted(oids(listing.relations()), oids(listing.functions()), oids(listing.placed())),
                row -> new Item(
                        String.valueOf(row.getString(1)),
                        String.valueOf(row.getString(2)),
                        Optional.ofNullable(row.getString(3))),
                Sql.identifier(context.schema()));
    }

    private static String oids(List<Long> oids) {
        return oids.stream().map(String::valueOf).collect(Collectors.joining(",", "'{", "}'::oid[]"));
    }
}
