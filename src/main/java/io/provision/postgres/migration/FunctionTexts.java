package io.provision.postgres.migration;

import io.provision.plan.Hazard;
import io.provision.postgres.SearchPathText;
import io.provision.postgres.Session;
import java.util.List;
import java.util.Optional;

/**
 * Functions and procedures whose bodies are texts, and are looked through for names only when they run. Those that hold
 * parsed SQL find things by OID.
 */
final class FunctionTexts {

    private record Body(String key, String title, String text, Optional<String> searchPath) {

        /**
         * Where the function's own search path has both schemas, what has moved is found. On the way back, a name
         * without a schema is what it was before the way there.
         */
        boolean breaksAt(MovedNames.Mention mention) {
            if (mention.owner().route().back()) {
                return mention.qualified();
            }
            return mention.qualified() || searchPath.isEmpty() || !path().contains(mention.owner().route().to());
        }

        private List<String> path() {
            return searchPath.map(SearchPathText::parse).orElse(List.of());
        }

        Hazard hazard(MovedNames.Mention mention) {
            return new Hazard(Hazard.FUNCTION_TEXT, sentence(mention), Optional.of(key));
        }

        private String sentence(MovedNames.Mention mention) {
            Route route = mention.owner().route();
            String how = mention.qualified()
                    ? "names %s.%s".formatted(route.from(), mention.name())
                    : "names %s without a schema%s".formatted(
                            mention.name(),
                            searchPath.map(path -> ", and its SET search_path = %s does not find it in %s".formatted(
                                            path, route.to()))
                                    .orElse(""));
            return "the %s %s: %s".formatted(title, how, mention.line());
        }
    }

    private final Session session;
    private final Findings findings;

    FunctionTexts(Session session, Findings findings) {
        this.session = session;
        this.findings = findings;
    }

    void warn(MovedNames names) {
        List<Body> bodies = names.words().isEmpty() ? List.of() : bodies(names);
        for (Body body : bodies) {
            names.in(body.text()).stream()
                    .filter(body::breaksAt)
                    .forEach(mention ->
                            findings.hazard(mention.owner(), body.hazard(mention)));
        }
    }

    private List<Body> bodies(MovedNames names) {
        return session.query(
                """
                SELECT 'pg_proc'::regclass::oid || ':' || p.oid,
                       CASE p.prokind WHEN 'p' THEN 'procedure ' ELSE 'function ' END || p.oid::regprocedure,
                       p.prosrc, coalesce(p.proconfig, '{}')
                FROM pg_proc p
                JOIN pg_namespace n ON n.oid = p.pronamespace
                JOIN pg_language l ON l.oid = p.prolang
                WHERE n.nspname NOT LIKE 'pg\\_%%'
                  AND n.nspname <> 'information_schema'
                  AND l.lanname NOT IN ('internal', 'c')
                  AND %s
                  AND NOT EXISTS (
                    SELECT
                    FROM pg_depend e
                    WHERE e.classid = 'pg_proc'::regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e'
                  )
                ORDER BY 2
                """
                        .formatted(names.mentionedIn("p.prosrc")),
                row -> new Body(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        TriggerFunctions.searchPath((String[]) row.getArray(4).getArray())),
                names.words());
    }
}
