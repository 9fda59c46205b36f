package io.provision.journal;

import java.util.List;

/** The journal's tables and rows as statements of a script, for changes that somebody else makes by hand. */
public final class JournalScript {

    private final String schema;
    private final Quotation quotation;
    private final ChangeRows rows;

    /** @param schema quoted */
    public JournalScript(String schema, Quotation quotation) {
        this.schema = schema;
        this.quotation = quotation;
        this.rows = new ChangeRows(schema, quotation);
    }

    /** Schema and tables, which must not stand yet. */
    public String create() {
        return (Journal.script("tables.sql") + Journal.script("protections.sql")).replace(":schema", schema);
    }

    public String start(Run run) {
        return """
                INSERT INTO %s.runs (run, command, os_user, host, version, ecosystem, manifest_sha256)
                VALUES (%s, %s, %s, %s, %s, %s, %s);
                """.formatted(schema, quoted(run.id()), quoted(run.command()), quoted(run.user()), quoted(run.host()),
                quoted(run.version()), quoted(run.ecosystem()), quoted(run.manifestSha256()));
    }

    /** Appends what {@code init} would journal of a change. */
    public void record(StringBuilder script, String run, ChangeEntry entry) {
        rows.append(script, run, List.of(entry));
        script.append(";\n");
    }

    public String protect(String run, String instance) {
        return """
                INSERT INTO %s.protections (run, instance, protected)
                VALUES (%s, %s, true);
                """.formatted(schema, quoted(run), quoted(instance));
    }

    public String finish(String run) {
        return """
                INSERT INTO %s.run_outcomes (run, outcome)
                VALUES (%s, 'done');
                """.formatted(schema, quoted(run));
    }

    private String quoted(String text) {
        return quotation.literal(text);
    }
}
