package io.provision.postgres;

import io.provision.postgres.DigestsQuery.Item;
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

    private record Placed(String catalog, long oid, Optional<Item> framed, String digest) {}

    private final Session session;
    private final ScriptContext context;

    ListingQuery(Session session, ScriptContext context) {
        this.session = session;
        this.context = context;
    }

    Listing listing() {
        List<Placed> found = placed();
        Map<Item, String> frame = new LinkedHashMap<>();
        found.forEach(placed -> placed.framed().ifPresent(item -> frame.put(item, placed.digest())));
        List<Placed> made = found.stream().filter(placed -> placed.framed().isEmpty()).toList();
        List<Long> relations = of(made, "pg_class");
        List<Long> functions = of(made, "pg_proc");
        boolean others = made.stream().anyMatch(placed -> !List.of("pg_class", "pg_proc").contains(placed.catalog()));
        return new Listing(frame, relations, functions, others);
    }

    private static List<Long> of(List<Placed> placed, String catalog) {
        return placed.stream()
                .filter(one -> one.catalog().equals(catalog))
                .map(Placed::oid)
                .distinct()
                .toList();
    }

    private List<Placed> placed() {
        return session.query(
                """
                SELECT d.classid::regclass::text, d.objid, NULL, NULL, NULL
                FROM pg_depend d
                WHERE d.refclassid = 'pg_namespace'::regclass
                  AND d.refobjid = to_regnamespace(?)
                  AND d.classid <> 'pg_default_acl'::regclass
                UNION ALL
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
                  AND s.refobjid = to_regrole(?)
                  AND s.deptype = 'o'
                  AND s.dbid = (
                    SELECT oid
                    FROM pg_database
                    WHERE datname = current_database()
                  )
                """,
                row -> new Placed(
                        row.getString(1),
                        row.getLong(2),
                        row.getString(3) == null
                                ? Optional.empty()
                                : Optional.of(new Item(row.getString(3), row.getString(4), Optional.empty())),
                        String.valueOf(row.getString(5))),
                Sql.identifier(context.schema()),
                Sql.identifier(context.owner().orElse(context.role())));
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
                  WHERE x.indrelid = ANY (%1$s)
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
                        .formatted(oids(listing.relations()), oids(listing.functions())),
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
