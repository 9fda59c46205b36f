package io.provision.journal;

import io.provision.plan.Change;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import java.util.List;
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

    /** Appends what {@code init} would journal of a change. */
    public void record(StringBuilder script, String run, ChangeEntry entry) {
        Change change = entry.change();
        ResourceId target = change.target();
        script.append("INSERT INTO ").append(schema).append(".changes\n").append("""
                  (run, instance, change, store, kind, target, reason, forward, inverse, before, after, effects)
                VALUES (""");
        List<String> texts = List.of(run, change.instance(), change.id(), target.store().id(), target.kind(),
                target.target(), change.reason(), entry.forward(), entry.inverse());
        texts.forEach(text -> script.append(quoted(text)).append(", "));
        script.append(quoted(json(change.before()))).append(", ")
                .append(quoted(json(change.after()))).append(", ")
                .append(quoted(entry.effects().isEmpty() ? "[]" : ChangeJson.writeEffects(entry.effects())))
                .append(");\n");
    }

    private static Optional<String> json(Optional<Resource> resource) {
        return resource.flatMap(some -> ResourceJson.of(some).or(() -> ChangeJson.write(resource)));
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
