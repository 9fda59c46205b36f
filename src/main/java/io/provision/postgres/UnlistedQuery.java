package io.provision.postgres;

import io.provision.plan.Live;
import io.provision.plan.Mark;
import io.provision.plan.ResourceId;
import io.provision.plan.State;
import io.provision.plan.Store;
import io.provision.plan.Unlisted;
import io.provision.problem.Counted;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Schemas and roles that were made for a manifest, and that it does not list any more. */
public final class UnlistedQuery {

    private final Session session;
    private final Mark mark;

    private record Marked(ResourceId resource, Mark mark) {}

    /** @param mark of the manifest in this database */
    public UnlistedQuery(Session session, Mark mark) {
        this.session = session;
        this.mark = mark;
    }

    /**
     * What carries this manifest's mark and is not listed. Where nothing carries it yet, what was made for others in
     * this database is a note: one of them may be this one under its former name, which nothing here can tell.
     */
    public Live unlisted(Set<ResourceId> listed) {
        Map<Boolean, List<Marked>> byOwner = marked().stream()
                .filter(found -> found.mark().database().equals(mark.database()))
                .collect(Collectors.partitioningBy(found -> found.mark().sameOrigin(mark)));
        List<Marked> own = byOwner.get(true);
        return new Live(
                State.EMPTY,
                own.stream()
                        .filter(found -> !listed.contains(found.resource()))
                        .map(found -> new Unlisted(found.resource(), found.mark().instance()))
                        .toList(),
                List.of(),
                Set.of(),
                Map.of(),
                own.isEmpty() ? others(byOwner.get(false)) : List.of(),
                Map.of());
    }

    private List<String> others(List<Marked> all) {
        return all.stream()
                .collect(Collectors.groupingBy(found -> found.mark().ecosystem(), TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(other -> ("%s and %s in this database were made for the ecosystem %s, and nothing yet for %s:"
                                + " where that is its former name, `provision rollback` takes them away while the"
                                + " manifest says `ecosystem: %s`")
                        .formatted(
                                count(other.getValue(), "schema"),
                                count(other.getValue(), "role"),
                                other.getKey(),
                                mark.ecosystem(),
                                other.getKey()))
                .toList();
    }

    private static String count(Collection<Marked> all, String kind) {
        long count = all.stream().filter(found -> found.resource().kind().equals(kind)).count();
        return Counted.of(count, kind);
    }

    private List<Marked> marked() {
        return session
                .query(
                        """
                        SELECT 'schema', n.nspname, d.description
                        FROM pg_description d
                        JOIN pg_namespace n ON n.oid = d.objoid
                        WHERE d.classoid = 'pg_namespace'::regclass
                          AND starts_with(d.description, ?)
                        UNION ALL
                        SELECT 'role', r.rolname, d.description
                        FROM pg_shdescription d
                        JOIN pg_roles r ON r.oid = d.objoid
                        WHERE d.classoid = 'pg_authid'::regclass
                          AND starts_with(d.description, ?)
                        ORDER BY 1, 2
                        """,
                        UnlistedQuery::marked,
                        Mark.PREFIX,
                        Mark.PREFIX)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Marked> marked(ResultSet row) throws SQLException {
        ResourceId id = new ResourceId(Store.POSTGRES, row.getString(1), row.getString(2));
        return Mark.parse(row.getString(3)).map(found -> new Marked(id, found));
    }
}
