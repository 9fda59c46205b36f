package io.provision.cli;

import io.provision.apply.ChangeTexts;
import io.provision.apply.Survey;
import io.provision.journal.Recovered;
import io.provision.plan.Change;
import io.provision.plan.Store;
import io.provision.postgres.LoginFacts;
import io.provision.report.DescribedChange;
import io.provision.report.PlanReport;
import java.util.List;

/** Prints a plan as the command's {@code -o} says. */
final class PlanPrinter {

    /** Where PostgreSQL is left out, nothing depends on its version. */
    static final int ANY_VERSION = 0;

    private PlanPrinter() {}

    static void print(Invocation invocation, Workplace workplace, Survey survey) {
        PlanReport report = report(workplace, survey);
        switch (invocation.format()) {
            case SQL -> {
                // Into a file, as a rule: whoever wrote it does not see there that it has nothing to run.
                survey.plan().refusals().forEach(invocation.messages()::tell);
                report.sql(invocation::print);
            }
            case TEXT -> report.text(invocation.palette(), invocation::show);
            default -> invocation.print(report.document());
        }
    }

    static PlanReport report(Workplace workplace, Survey survey) {
        ChangeTexts texts = new ChangeTexts(
                workplace.scope(), survey.facts().map(LoginFacts::serverVersion).orElse(ANY_VERSION));
        return new PlanReport(
                survey.plan().noting(survey.leftOpen()), change -> described(change, texts), unfinished(survey.left()));
    }

    private static DescribedChange described(Change change, ChangeTexts texts) {
        return new DescribedChange(
                change,
                texts.forward(change),
                texts.inverse(change),
                change.store() == Store.POSTGRES ? texts.statements(change) : List.of());
    }

    /** The instances that a killed run left, with the run. */
    static List<String> unfinished(List<Recovered> left) {
        return left.stream()
                .map(found -> found.intent().instance() + " (run " + found.intent().run() + ")")
                .toList();
    }
}
