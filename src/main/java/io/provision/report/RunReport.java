package io.provision.report;

import io.provision.apply.RunLog;
import io.provision.journal.SentChange;
import io.provision.plan.Change;
import io.provision.plan.ResourceId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One run of the journal, with what it changed. */
public final class RunReport {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final RunLog log;
    private final Set<String> names;

    /** @param names the instances whose changes are shown; none is all */
    public RunReport(RunLog log, List<String> names) {
        this.log = log;
        this.names = Set.copyOf(names);
    }

    private Stream<SentChange> changes() {
        return log.changes().filter(change -> names.isEmpty() || names.contains(change.instance()));
    }

    /** @param out is told some lines at a time, with their ends */
    public void text(int columns, Palette palette, Consumer<String> out) {
        TextTable table = new TextTable("DONE (UTC)", "INSTANCE", "KIND", "TARGET", "SENT");
        changes().forEach(change -> table.row(
                TIME.format(change.doneAt()),
                change.instance().equals(Change.SHARED) ? "(several)" : change.instance(),
                ResourceId.words(change.kind()),
                change.target(),
                firstLine(change)));
        out.accept(new HistoryReport(List.of(log.run())).text(columns, palette) + "\n");
        if (table.isEmpty()) {
            out.accept("it changed nothing\n");
        } else {
            table.render(columns, TextTable.Narrow.CUT, palette, out);
        }
    }

    private static String firstLine(SentChange change) {
        return change.forward().lines().findFirst().orElse("");
    }

    /** As {@code history} has it, the run with its changes. */
    public Document document() {
        return new Document().put("runs", List.of(HistoryReport.document(log.run())
                .put("sent", sent())));
    }

    /** Each is made when it is written, and forgotten then. */
    private Iterable<Document> sent() {
        return () -> changes().map(RunReport::document).iterator();
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
