package io.provision.postgres;

import io.provision.problem.Problem;
import io.provision.problem.ShortList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * What roles lack for the {@code sql:} files that are to be run as them, which run in functions of theirs ({@link
 * DefinerFunction}). Everybody may make such a function in a new database; in a hardened one, nobody may.
 */
public final class FilePrerequisites {

    private FilePrerequisites() {}

    /**
     * @param name as SQL has it
     * @param stands whether it may be granted something already
     */
    private record Runner(String name, boolean stands, boolean speaks, boolean makesTemporary) {

        String grantee() {
            return stands ? name : "PUBLIC";
        }
    }

    /**
     * @param session in a transaction
     * @param roles whom files are run as
     * @param inPublic those of them who run one in {@code public}, where the function is a temporary one
     */
    public static List<Problem> lacking(
            Session session, LoginFacts facts, Collection<String> roles, Collection<String> inPublic) {
        List<Runner> found = roles.isEmpty() ? List.of() : session.query(
                """
                -- A role that is still to be made has what PUBLIC has.
                WITH runners AS (
                  SELECT w.role, r.oid IS NOT NULL AS stands, coalesce(r.rolname, 'public') AS like_whom
                  FROM unnest(?::text[]) AS w (role)
                  LEFT JOIN pg_roles r ON r.rolname = w.role
                ),
                may AS (
                  SELECT r.role, r.stands,
                         l.oid IS NULL OR has_language_privilege(r.like_whom, l.oid, 'USAGE') AS speaks,
                         r.role NOT IN (SELECT unnest(?::text[]))
                           OR has_database_privilege(r.like_whom, current_database(), 'TEMPORARY') AS makes_temporary
                  FROM runners r
                  -- Whether it stands at all, PlpgsqlPrerequisites tells.
                  LEFT JOIN pg_language l ON l.lanname = 'plpgsql'
                )
                SELECT m.role, m.stands, m.speaks, m.makes_temporary
                FROM may m
                WHERE NOT (m.speaks AND m.makes_temporary)
                ORDER BY 1
                """,
                row -> new Runner(
                        Sql.identifier(row.getString(1)), row.getBoolean(2), row.getBoolean(3), row.getBoolean(4)),
                roles,
                inPublic);
        List<Problem> problems = new ArrayList<>();
        problem(found, runner -> !runner.speaks(), "USAGE ON LANGUAGE plpgsql", problems);
        problem(found, runner -> !runner.makesTemporary(),
                "TEMPORARY ON DATABASE " + Sql.identifier(facts.login().database()), problems);
        return problems;
    }

    private static void problem(List<Runner> runners, Predicate<Runner> lacks, String what, List<Problem> problems) {
        List<Runner> lacking = runners.stream().filter(lacks).toList();
        if (!lacking.isEmpty()) {
            problems.add(Problem.error("sql: files run in functions of the role that they run as, and PUBLIC lost %s:"
                            .formatted(what)
                            + " %s may not make them".formatted(ShortList.of(
                                    lacking.stream().map(Runner::name).toList())))
                    .remedy("let somebody who may run: GRANT %s TO %s;".formatted(
                            what,
                            String.join(", ", lacking.stream().map(Runner::grantee).distinct().toList()))));
        }
    }
}
