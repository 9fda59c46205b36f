package io.provision.report;

import io.provision.apply.RunLog;
import io.provision.journal.RunEntry;
import io.provision.journal.SentChange;
import io.provision.plan.Change;
import io.provision.plan.Store;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** What a run sent, in order, as SQL; what it did elsewhere stands in comments. Never a secret: none was journaled. */
public final class RunScript {

    private final RunLog log;

    public RunScript(RunLog log) {
        this.log = log;
    }

    /** @param out is told some lines at a time, with their ends */
    public void sql(Consumer<String> out) {
        StringBuilder header = new StringBuilder();
        header(header, log.run());
        out.accept(header.toString());
        AtomicReference<String> instance = new AtomicReference<>("");
        log.changes().forEach(change -> {
            StringBuilder sql = new StringBuilder();
            if (!change.instance().equals(instance.getAndSet(change.instance()))) {
                sql.append("\n-- ").append(Change.named(change.instance())).append('\n');
            }
            append(sql, change);
            out.accept(sql.toString());
        });
    }

    private static void header(StringBuilder sql, RunEntry entry) {
        sql.append("-- run %s: provision %s %s by %s@%s as %s\n".formatted(
                entry.run().id(),
                entry.run().command(),
                entry.run().version(),
                entry.run().user(),
                entry.run().host(),
                entry.login()));
        sql.append("-- started %s, %s\n".formatted(
                entry.startedAt(),
                entry.outcome()
                        .map(outcome -> "%s %s".formatted(
                                outcome.name().toLowerCase(Locale.ROOT), entry.finishedAt().orElseThrow()))
                        .orElse("not finished")));
        entry.rolledBack().ifPresent(undone -> sql.append("-- %s by %s\n".formatted(
                undone.wholly() ? "rolled back" : "partly rolled back", String.join(", ", undone.by()))));
        sql.append("-- manifest of %s, sha256 %s\n".formatted(entry.run().ecosystem(), entry.run().manifestSha256()));
    }

    private static void append(StringBuilder sql, SentChange change) {
        boolean statement = change.store().equals(Store.POSTGRES.id());
        sql.append("-- ").append(oneLine(change.reason())).append('\n');
        List<String> lines = change.forward().lines().toList();
        lines.forEach(line -> sql.append(statement || line.startsWith("--") ? "" : "-- " + change.store() + ": ")
                .append(line).append('\n'));
    }

    /** A name may have a line's end in it, and a comment ends there. */
    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }
}
