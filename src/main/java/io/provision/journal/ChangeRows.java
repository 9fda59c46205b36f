package io.provision.journal;

import io.provision.plan.Change;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import java.util.Collection;
import java.util.Optional;

/**
 * Rows of the journal's changes as the text of a statement. Values that stand in the text take the server two thirds of
 * the time that arrays of them as parameters take: these are taken apart again, and the statement is planned.
 */
final class ChangeRows {

    /** Of a row, in characters: a text that grows is copied again and again. */
    private static final int USUAL_LENGTH = 900;

    private final String head;
    private final Quotation quotation;

    ChangeRows(String schema, Quotation quotation) {
        this.head = """
                INSERT INTO %s.changes
                  (run, instance, change, store, kind, target, reason, forward, inverse, before, after, effects)
                VALUES\s""".formatted(schema);
        this.quotation = quotation;
    }

    /** @param entries at least one; their rows are numbered in this order */
    String insert(String run, Collection<ChangeEntry> entries) {
        StringBuilder sql = new StringBuilder(entries.size() * USUAL_LENGTH);
        append(sql, run, entries);
        return sql.toString();
    }

    /** Appends the statement of {@link #insert}. */
    void append(StringBuilder sql, String run, Collection<ChangeEntry> entries) {
        sql.append(head);
        String between = "";
        for (ChangeEntry entry : entries) {
            sql.append(between);
            row(sql, run, entry);
            between = ",\n       ";
        }
    }

    private void row(StringBuilder sql, String run, ChangeEntry entry) {
        Change change = entry.change();
        ResourceId target = change.target();
        sql.append('(');
        value(sql, run);
        value(sql, change.instance());
        value(sql, target.text());
        value(sql, target.store().id());
        value(sql, target.kind());
        value(sql, target.target());
        value(sql, change.reason());
        value(sql, entry.forward());
        value(sql, entry.inverse());
        value(sql, change.before());
        value(sql, change.after());
        int from = sql.length();
        quotation.quote(sql.append(EntryJson.effects(entry.effects())), from);
        sql.append(')');
    }

    private void value(StringBuilder sql, String text) {
        int from = sql.length();
        quotation.quote(sql.append(text), from);
        sql.append(", ");
    }

    private void value(StringBuilder sql, Optional<Resource> resource) {
        if (resource.isEmpty()) {
            sql.append("NULL, ");
            return;
        }
        value(sql, JsonText.of(json -> ResourceJson.write(json, resource.get())));
    }
}
