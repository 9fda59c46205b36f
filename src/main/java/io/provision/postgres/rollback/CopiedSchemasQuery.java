package io.provision.postgres.rollback;

import io.provision.plan.Mark;
import io.provision.postgres.Session;
import io.provision.problem.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Schemas that were made in a database of another name. A copy brings its journal along, and what that tells of outside
 * the database (roles, Redis users, folders) is still the other's.
 */
public final class CopiedSchemasQuery {

    private final Session session;

    public CopiedSchemasQuery(Session session) {
        this.session = session;
    }

    /** @param instances those that something of is to be undone */
    public List<Problem> refusals(String ecosystem, String database, Collection<String> instances) {
        List<Marked> marked = session.query(
                """
                SELECT n.nspname, d.description
                FROM pg_description d
                JOIN pg_namespace n ON n.oid = d.objoid
                WHERE d.classoid = 'pg_namespace'::regclass
                  AND starts_with(d.description, ?)
                ORDER BY 1
                """,
                row -> new Marked(row.getString(1), Mark.parse(row.getString(2))),
                Mark.PREFIX);
        return marked.stream()
                .flatMap(schema -> schema.mark().stream()
                        .filter(mark -> mark.ecosystem().equals(ecosystem))
                        .filter(mark -> !mark.database().equals(database))
                        .filter(mark -> instances.contains(mark.instance()))
                        .map(mark -> refusal(schema.name(), mark, database)))
                .toList();
    }

    private record Marked(String name, Optional<Mark> mark) {}

    private static Problem refusal(String schema, Mark mark, String database) {
        return Problem.error("schema %s of %s was made in the database %s, and this one is %s".formatted(
                        schema, mark.instance(), mark.database(), database))
                .remedy(("if %1$s is a copy, drop it: the roles, Redis users and folders that its journal tells of are "
                                + "those of %2$s; if it was renamed, name it %2$s again, and roll back then")
                        .formatted(database, mark.database()));
    }
}
