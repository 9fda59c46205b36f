package io.provision.cli;

import io.provision.apply.Rotation;
import io.provision.apply.RotationRequest;
import io.provision.problem.ExitCode;
import io.provision.report.RotationReport;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "rotate",
        description = "Gives roles and Redis users new passwords; Redis takes the old ones until --retire-old.")
final class RotateCommand implements Subcommand {

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "The instances.")
    private List<String> names = List.of();

    @Option(names = "--retire-old",
            description = "Give no new passwords, and have Redis take the one that the manifest tells of alone.")
    private boolean retireOld;

    @Option(names = "--yes", description = "Do it without asking.")
    private boolean yes;

    @Mixin
    private PersistenceOption persistence = new PersistenceOption();

    @Override
    public boolean measured() {
        return true;
    }

    @Override
    public ExitCode run(Invocation invocation) {
        JournalStore.require(invocation, "rotate keeps a journal, which is in PostgreSQL");
        Consent consent = new Consent(invocation, List.of());
        try (Workplace workplace = Workplace.open(invocation, names, "provision rotate")) {
            workplace.introduce();
            return WatchedRun.of(invocation, workplace, run -> rotate(invocation, workplace, consent, run));
        }
    }

    private ExitCode rotate(Invocation invocation, Workplace workplace, Consent consent, WatchedRun run) {
        Rotation.Result result = rotation(invocation, workplace).rotate(
                run.options(false, persistence),
                survey -> run.watch().mayEndDuring(() -> consent.beforeRotate(
                        survey.plan(), () -> new RotationReport(survey).text(invocation.palette()), yes)),
                run.progress(),
                run.interruption());
        RotationReport report = new RotationReport(result.survey());
        run.ended(result.outcome(), report.instances().size(), Set.copyOf(report.instances()));
        invocation.show(
                () -> report.text(result.outcome()),
                () -> report.document(result.outcome(), workplace.derived()));
        return result.outcome().exitCode();
    }

    private Rotation rotation(Invocation invocation, Workplace workplace) {
        return new Rotation(
                workplace.scope(),
                workplace.stores(),
                workplace.journal(),
                new RotationRequest(
                        RunRecords.of(invocation, workplace.scope().manifest(), "rotate"),
                        retireOld,
                        invocation.context().environment()));
    }
}
