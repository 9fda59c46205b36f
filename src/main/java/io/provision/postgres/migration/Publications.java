package io.provision.postgres.migration;

import io.provision.plan.Hazard;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.Session;

/** Subscribers know a table by the name of its schema and its own. */
final class Publications {

    private static final String SCHEMAS =
            """
            UNION ALL
            SELECT m.oid, p.pubname, CASE s.pnnspid WHEN m.source THEN 'leaves' ELSE 'joins' END
            FROM moving m
            LEFT JOIN pg_namespace t ON t.nspname = m.target
            JOIN pg_publication_namespace s ON s.pnnspid IN (m.source, t.oid)
            JOIN pg_publication p ON p.oid = s.pnpubid
            """;

    private final Session session;
    private final LoginFacts facts;
    private final Findings findings;

    Publications(Session session, LoginFacts facts, Findings findings) {
        this.session = session;
        this.facts = facts;
        this.findings = findings;
    }

    void warn(MovingSet set) {
        session.query(
                        """
                        WITH moving AS (
                          SELECT m.oid, n.oid AS source, m.target, c.relpersistence
                          FROM unnest(?::oid[], ?::text[], ?::text[]) AS m (oid, schema, target)
                          JOIN pg_namespace n ON n.nspname = m.schema
                          JOIN pg_class c ON c.oid = m.oid AND c.relkind IN ('r', 'p')
                        )
                        SELECT m.oid, p.pubname, 'named' AS how
                        FROM moving m
                        JOIN pg_publication_rel r ON r.prrelid = m.oid
                        JOIN pg_publication p ON p.oid = r.prpubid
                        UNION ALL
                        SELECT m.oid, p.pubname, 'all'
                        FROM moving m
                        JOIN pg_publication p ON p.puballtables
                        WHERE m.relpersistence = 'p'
                        %s
                        ORDER BY 1, 2, 3
                        """
                                .formatted(facts.serverVersion() < 150000 ? "" : SCHEMAS),
                        row -> warning(
                                set.relation(row.getLong(1)).orElseThrow(), row.getString(2), row.getString(3)),
                        set.oids(),
                        set.sources(),
                        set.relations().stream().map(m -> m.route().to()).toList())
                .forEach(Runnable::run);
    }

    private Runnable warning(Moving table, String publication, String how) {
        String there = table.route().to() + "." + table.name();
        String sentence = switch (how) {
            case "leaves" -> "the publication %s is for the tables in the schema %s, and drops %s without a word"
                    .formatted(publication, table.route().from(), table.source());
            case "joins" -> "the publication %s is for the tables in the schema %s, and will publish %s".formatted(
                    publication, table.route().to(), there);
            default -> "the publication %s goes on with %s under the name %s, which its subscribers have to have"
                    .formatted(publication, table.source(), there);
        };
        return () -> findings.hazard(table, Hazard.PUBLICATION, sentence);
    }
}
