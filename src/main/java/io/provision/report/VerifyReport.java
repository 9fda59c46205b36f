package io.provision.report;

import io.provision.problem.Counted;
import io.provision.problem.Place;
import io.provision.problem.Problem;
import io.provision.problem.Problem.Severity;
import io.provision.verify.Breach;
import io.provision.verify.Check;
import io.provision.verify.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a verification found: a line an instance, then each finding with its remedy; or {@code cli.md}'s document. */
public final class VerifyReport {

    private final Verdict verdict;

    public VerifyReport(Verdict verdict) {
        this.verdict = verdict;
    }

    /** Without the warnings, which are told on standard error. */
    public String text(int columns, Palette palette) {
        StringBuilder text = new StringBuilder(table().render(columns, TextTable.Narrow.CUT, palette)).append('\n');
        verdict.faults().forEach(check ->
                finding(text, palette.error("fault:"), VerifiedRun.sentence(check), check.remedy().orElse("")));
        BreachGroup.of(verdict.breaches()).forEach(group ->
                finding(text, palette.error("breach:"), group.sentence(), group.remedy()));
        return text.append(verdict.ok() ? palette.good(summary()) : palette.error(summary())).append('\n').toString();
    }

    /** Each finding as a problem, for those who show problems beside the lines of the manifest. */
    public List<Problem> problems(Function<String, Optional<Place>> places) {
        List<Problem> problems = new ArrayList<>();
        verdict.faults().forEach(check -> problems.add(new Problem(
                Severity.ERROR, VerifiedRun.sentence(check), places.apply(check.instance()), check.remedy())));
        BreachGroup.of(verdict.breaches()).forEach(group -> problems.add(new Problem(
                Severity.ERROR,
                group.sentence(),
                place(group.breaches().get(0), places),
                Optional.of(group.remedy()))));
        return problems;
    }

    private static Optional<Place> place(Breach breach, Function<String, Optional<Place>> places) {
        return places.apply(breach.from()).or(() -> places.apply(breach.to()));
    }

    private static void finding(StringBuilder text, String severity, String sentence, String remedy) {
        text.append(severity).append(' ').append(Legible.line(sentence)).append('\n');
        Legible.colourless(remedy).lines().forEach(line -> text.append("    ").append(line).append('\n'));
    }

    private TextTable table() {
        Map<String, Long> held = new HashMap<>();
        Map<String, Long> failed = new HashMap<>();
        verdict.checks().forEach(check -> (check.ok() ? held : failed).merge(check.instance(), 1L, Long::sum));
        Map<String, Long> out = new HashMap<>();
        Map<String, Long> in = new HashMap<>();
        verdict.breaches().forEach(breach -> {
            out.merge(breach.from(), 1L, Long::sum);
            in.merge(breach.to(), 1L, Long::sum);
        });
        TextTable table = new TextTable("INSTANCE", "CHECKS", "FAULTS", "REACHES OTHERS", "IS REACHED");
        for (String instance : verdict.instances()) {
            table.row(
                    instance,
                    Long.toString(count(held, instance) + count(failed, instance)),
                    number(count(failed, instance)),
                    number(count(out, instance) + count(out, Breach.EVERY)),
                    number(count(in, instance) + count(in, Breach.EVERY)));
        }
        return table;
    }

    private static long count(Map<String, Long> counts, String instance) {
        return counts.getOrDefault(instance, 0L);
    }

    private static String number(long count) {
        return count == 0 ? "none" : Long.toString(count);
    }

    private String summary() {
        String looked = "%s, %s of instances".formatted(
                Counted.of(verdict.checks().size(), "check"), Counted.of(verdict.pairs(), "pair"));
        return verdict.ok()
                ? looked + ": all is there, and no instance reaches what is another's"
                : "%s: %s, %s".formatted(
                        looked,
                        Counted.of(verdict.faults().size(), "fault"),
                        Counted.of(verdict.breaches().size(), "breach"));
    }

    public Document document() {
        return new Document()
                .put("ok", verdict.ok())
                .put("checks", each(verdict.checks(), VerifyReport::document))
                .put("isolation", new Document()
                        .put("pairs", verdict.pairs())
                        .put("breaches", each(verdict.breaches(), VerifyReport::document))
                        .put("warnings", List.copyOf(verdict.warnings()))
                        .put("notes", List.copyOf(verdict.notes())));
    }

    /** Each is made when it is written, and forgotten then: those of ten thousand instances fill the memory. */
    private static <T> Iterable<Document> each(List<T> found, Function<T, Document> document) {
        return () -> found.stream().map(document).iterator();
    }

    private static Document document(Check check) {
        return new Document()
                .put("instance", check.instance())
                .put("check", check.name())
                .put("ok", check.ok())
                .put("detail", check.detail())
                .put("remedy", check.remedy());
    }

    private static Document document(Breach breach) {
        return new Document()
                .put("from", breach.from())
                .put("to", breach.to())
                .put("store", breach.store().id())
                .put("how", breach.how())
                .put("remedy", breach.remedy());
    }
}
