package io.provision.journal;

import io.provision.plan.Change;
import io.provision.plan.ResourceId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;

/**
 * Rows of the journal's changes as the text of a statement. Values that stand in the text take the server two thirds of
 * the time that arrays of them as parameters take: these are taken apart again, and the statement is planned.
 */
final class ChangeRows {

    private final String schema;
    private final UnaryOperator<String> literal;

    /** @param literal quotes a text as SQL takes it: quoting is {@code postgres}' business */
    ChangeRows(String schema, UnaryOperator<String> literal) {
        this.schema = schema;
        this.literal = literal;
    }

    /** @param entries at least one; their rows are numbered in this order */
    String insert(String run, Collection<ChangeEntry> entries) {
        StringJoiner rows = new StringJoiner(",\n       ", """
                INSERT INTO %s.changes
                  (run, instance, change, store, kind, target, reason, forward, inverse, before, after, effects)
                VALUES\s""".formatted(schema), "");
        entries.forEach(entry -> rows.add(row(run, entry)));
        return rows.toString();
    }

    private String row(String run, ChangeEntry entry) {
        Change change = entry.change();
        ResourceId target = change.target();
        StringJoiner values = new StringJoiner(", ", "(", ")");
        List.of(run, change.instance(), change.id(), target.store().id(), target.kind(), target.target(),
                change.reason(), entry.forward(), entry.inverse()).forEach(text -> values.add(literal.apply(text)));
        return values.add(quoted(change.before().map(ResourceJson::write)))
                .add(quoted(change.after().map(ResourceJson::write)))
                .add(literal.apply(EntryJson.effects(entry.effects())))
                .toString();
    }

    private String quoted(Optional<String> text) {
        return text.map(literal).orElse("NULL");
    }
}
