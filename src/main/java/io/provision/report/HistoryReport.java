package io.provision.report;

import io.provision.journal.RunEntry;
import io.provision.plan.Change;
import io.provision.plan.rollback.RolledBack;
import io.provision.problem.ShortList;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The journal's runs, the newest first. */
public final class HistoryReport {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final List<RunEntry> runs;

    public HistoryReport(List<RunEntry> runs) {
        this.runs = List.copyOf(runs);
    }

    public String text(int columns, Palette palette) {
        if (runs.isEmpty()) {
            return "no run has changed anything of that here yet\n";
        }
        TextTable table = new TextTable(
                "RUN", "COMMAND", "STARTED (UTC)", "TOOK", "OUTCOME", "BY", "CHANGES", "INSTANCES");
        for (RunEntry entry : runs) {
            table.row(
                    entry.run().id(),
                    entry.run().command(),
                    SECONDS.format(entry.startedAt()),
                    took(entry),
                    outcome(entry),
                    entry.run().user() + "@" + entry.run().host(),
                    Integer.toString(entry.changes()),
                    shortened(entry.instances()));
        }
        return table.render(columns, TextTable.Narrow.CUT, palette) + undone();
    }

    /** Below the table: two runs' names beside each other are too wide for one. */
    private String undone() {
        StringBuilder text = new StringBuilder();
        for (RunEntry entry : runs) {
            entry.rolledBack().ifPresent(undone -> text.append("%s: %s, by %s\n".formatted(
                    undone.wholly() ? "rolled back" : "partly rolled back",
                    entry.run().id(),
                    String.join(", ", undone.by()))));
        }
        return text.isEmpty() ? "" : "\n" + text;
    }

    private static String took(RunEntry entry) {
        return entry.finishedAt()
                .map(end -> entry.startedAt().until(end, ChronoUnit.MILLIS) / 1000.0)
                .map(seconds -> String.format(Locale.ROOT, "%.1f s", seconds))
                .orElse("");
    }

    private static String outcome(RunEntry entry) {
        return entry.outcome().map(o -> o.name().toLowerCase(Locale.ROOT)).orElse("unfinished");
    }

    private static String shortened(List<String> all) {
        List<String> instances = all.stream().filter(name -> !name.equals(Change.SHARED)).toList();
        return ShortList.of(instances, 3);
    }

    public Document document() {
        return new Document().put("runs", runs.stream().map(HistoryReport::document).toList());
    }

    static Document document(RunEntry entry) {
        return new Document()
                .put("run", entry.run().id())
                .put("command", entry.run().command())
                .put("started_at", entry.startedAt().toString())
                .put("finished_at", entry.finishedAt().map(Instant::toString))
                .put("user", entry.run().user())
                .put("host", entry.run().host())
                .put("version", entry.run().version())
                .put("manifest_sha256", entry.run().manifestSha256())
                .put("outcome", outcomeKey(entry.outcome()))
                .put("instances", entry.instances().stream().filter(name -> !name.equals(Change.SHARED)).toList())
                .put("changes", entry.changes())
                .put("rolled_back", entry.rolledBack().map(undone -> undone.wholly() ? "wholly" : "partly"))
                .put("rolled_back_by", entry.rolledBack().map(RolledBack::by).orElse(List.of()));
    }

    private static Optional<String> outcomeKey(Optional<RunEntry.Outcome> outcome) {
        return outcome.map(o -> o.name().toLowerCase(Locale.ROOT));
    }
}
