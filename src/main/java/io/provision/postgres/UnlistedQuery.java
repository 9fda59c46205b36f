package io.provision.postgres;

import io.provision.plan.Mark;
import io.provision.plan.ResourceId;
import io.provision.plan.Store;
import io.provision.plan.Unlisted;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Schemas and roles that were made for a manifest, and that it does not list any more. */
public final class UnlistedQuery {

    private final Session session;
    private final Mark mark;

    /** @param mark of the manifest in this database */
    public UnlistedQuery(Session session, Mark mark) {
        this.session = session;
        this.mark = mark;
    }

    /** What carries this manifest's mark and is not listed. */
    public List<Unlisted> unlisted(Set<ResourceId> listed) {
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
                        this::marked,
                        Mark.PREFIX,
                        Mark.PREFIX)
                .stream()
                .flatMap(Optional::stream)
                .filter(unlisted -> !listed.contains(unlisted.resource()))
                .toList();
    }

    private Optional<Unlisted> marked(ResultSet row) throws SQLException {
        ResourceId id = new ResourceId(Store.POSTGRES, row.getString(1), row.getString(2));
        return Mark.parse(row.getString(3))
                .filter(found -> found.sameHouse(mark))
                .map(found -> new Unlisted(id, found.instance()));
    }
}
