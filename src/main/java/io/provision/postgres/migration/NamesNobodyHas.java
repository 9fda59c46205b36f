package io.provision.postgres.migration;

import io.provision.postgres.Session;
import java.util.List;
import java.util.stream.IntStream;

/** Names and globs that find nothing, neither where tables come from nor where they go to: misspelled, perhaps. */
final class NamesNobodyHas {

    private final Session session;
    private final Findings findings;

    NamesNobodyHas(Session session, Findings findings) {
        this.session = session;
        this.findings = findings;
    }

    /** @param patterns of the way out: the way back names what the journal has */
    void tell(List<NamePattern> patterns) {
        List<NamePattern> out = patterns.stream().filter(pattern -> !pattern.route().back()).toList();
        if (out.isEmpty()) {
            return;
        }
        session.query(
                        """
                        SELECT w.number
                        FROM (
                          SELECT number, kind, name::name, pattern, low::name, high::name, came, goes
                          FROM unnest(?::integer[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                                      ?::text[])
                            AS u (number, kind, name, pattern, low, high, came, goes)
                        ) w
                        CROSS JOIN LATERAL (
                          SELECT array_agg(n.oid) AS oids
                          FROM pg_namespace n
                          WHERE n.nspname IN (w.came, w.goes)
                        ) places
                        WHERE NOT CASE w.kind
                          WHEN 'NAME' THEN EXISTS (
                            SELECT
                            FROM pg_class c
                            WHERE c.relname = w.name
                              AND c.relnamespace = ANY (places.oids)
                          )
                          WHEN 'RANGE' THEN EXISTS (
                            SELECT
                            FROM pg_class c
                            WHERE c.relname >= w.low
                              AND c.relname < w.high
                              AND c.relnamespace = ANY (places.oids)
                              AND c.relkind IN ('r', 'p', 'f')
                              AND c.relname LIKE w.pattern
                          )
                          WHEN 'GLOB' THEN EXISTS (
                            SELECT
                            FROM pg_class c
                            WHERE c.relnamespace = ANY (places.oids)
                              AND c.relkind IN ('r', 'p', 'f')
                              AND c.relname LIKE w.pattern
                          )
                          WHEN 'CALL' THEN EXISTS (
                            SELECT
                            FROM pg_proc p
                            WHERE p.proname = w.name
                              AND p.pronamespace = ANY (places.oids)
                              AND p.pronargs = 0
                          )
                          ELSE TRUE
                        END
                        ORDER BY w.number
                        """,
                        row -> out.get(row.getInt(1)),
                        IntStream.range(0, out.size()).mapToObj(String::valueOf).toList(),
                        out.stream().map(pattern -> pattern.kind().name()).toList(),
                        out.stream().map(NamePattern::name).toList(),
                        out.stream().map(NamePattern::like).toList(),
                        out.stream().map(NamePattern::low).toList(),
                        out.stream().map(NamePattern::high).toList(),
                        out.stream().map(pattern -> pattern.route().from()).toList(),
                        out.stream().map(pattern -> pattern.route().to()).toList())
                .forEach(this::tell);
    }

    private void tell(NamePattern pattern) {
        String from = pattern.route().from();
        switch (pattern.kind()) {
            case RANGE, GLOB ->
                findings.noteOf(pattern.route(), "no table in " + from + " matches %s", pattern.name());
            case CALL ->
                findings.noteOf(pattern.route(), "no function in " + from + " is called %s", pattern.name() + "()");
            default -> findings.noteOf(pattern.route(), "no table in " + from + " is called %s", pattern.name());
        }
    }
}
