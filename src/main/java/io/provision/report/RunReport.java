package io.provision.report;

import io.provision.apply.RunLog;
import io.provision.journal.SentChange;
import io.provision.plan.Change;
import io.provision.plan.ResourceId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** One run of the journal, with what it changed. */
public final class RunReport {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final RunLog log;
    private final List<SentChange> changes;

    /** @param names the instances whose changes are shown; none is all */
    public RunReport(RunLog log, List<String> names) {
        this.log = log;
        this.changes = log.changes().stream()
                .filter(change -> names.isEmpty() || names.contains(change.instance()))
                .toList();
    }

    public String text(int columns, Palette palette) {
        TextTable table = new TextTable("DONE (UTC)", "INSTANCE", "KIND", "TARGET", "SENT");
        changes.forEach(change -> table.row(
                TIME.format(change.doneAt()),
                change.instance().equals(Change.SHARED) ? "(several)" : change.instance(),
                ResourceId.words(change.kind()),
                change.target(),
                firstLine(change)));
        String run = new HistoryReport(List.of(log.run())).text(columns, palette);
        return changes.isEmpty()
                ? run + "\nit changed nothing\n"
                : run + "\n" + table.render(columns, TextTable.Narrow.CUT, palette);
    }

    private static String firstLine(SentChange change) {
        return change.forward().lines().findFirst().orElse("");
    }

    /** As {@code history} has it, the run with its changes. */
    public Document document() {
        return new Document().put("runs", List.of(HistoryReport.document(log.run())
                .put("sent", changes.stream().map(RunReport::document).toList())));
    }

    private static Document document(SentChange change) {
        return new Document()
                .put("id", change.change())
                .put("instance", change.instance())
                .put("store", change.store())
                .put("kind", change.kind())
                .put("target", change.target())
                .put("reason", change.reason())
                .put("forward", change.forward())
                .put("done_at", change.doneAt().toString());
    }
}
