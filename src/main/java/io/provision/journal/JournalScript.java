package io.provision.journal;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** The journal's tables and rows as statements of a script, for changes that somebody else makes by hand. */
public final class JournalScript {

    private final String schema;
    private final UnaryOperator<String> literal;

    /**
     * @param schema quoted
     * @param literal quotes a text as SQL takes it: quoting is {@code postgres}' business
     */
    public JournalScript(String schema, UnaryOperator<String> literal) {
        this.schema = schema;
        this.literal = literal;
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

    public String record(String run, ChangeEntry entry) {
        return """
                INSERT INTO %s.changes
                  (run, instance, change, store, kind, target, reason, forward, inverse, before, after, effects)
                VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s);
                """.formatted(schema, quoted(run), quoted(entry.change().instance()), quoted(entry.change().id()),
                quoted(entry.change().store().id()), quoted(entry.change().target().kind()),
                quoted(entry.change().target().target()), quoted(entry.change().reason()), quoted(entry.forward()),
                quoted(entry.inverse()), quoted(ChangeJson.write(entry.change().before())),
                quoted(ChangeJson.write(entry.change().after())), quoted(ChangeJson.writeEffects(entry.effects())));
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
        return literal.apply(text);
    }

    private String quoted(Optional<String> text) {
        return text.map(literal).orElse("NULL");
    }
}
