package io.provision.cli;

import io.provision.apply.BackgroundTask;
import io.provision.apply.ChangeTexts;
import io.provision.apply.Passwords;
import io.provision.apply.Provisioning;
import io.provision.apply.Scope;
import io.provision.apply.Survey;
import io.provision.manifest.Instance;
import io.provision.plan.Store;
import io.provision.postgres.LoginFacts;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.redis.RedisStore;
import io.provision.report.RunMetrics;
import io.provision.report.VerifyReport;
import io.provision.verify.Evidence;
import io.provision.verify.Probe;
import io.provision.verify.Verdict;
import io.provision.verify.Verification;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "verify", description = "Proves that all is there, and that no instance reaches another's data.")
final class VerifyCommand implements Subcommand {

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "The instances; all where none is named.")
    private List<String> names = List.of();

    @Option(names = "--probe", paramLabel = "WHICH",
            description = {
        "Prove by effect for: sample (default), all, none.",
        "Default privileges by making tables, rolled back; Redis rules by ACL DRYRUN."})
    private Probe probe = Probe.SAMPLE;

    @Option(names = "--connect",
            description = {
        "Log in as each instance, with its own password, and try.",
        "Of Redis users, hold the password against what the servers keep."})
    private boolean connect;

    @Option(names = "--report", paramLabel = "FILE",
            description = {
        "Also write the result to this file, in the form that its name ends in:",
        ".json, .yaml, .xml (JUnit), .md, .html. May be given several times."})
    private List<Path> reports = List.of();

    @Override
    public List<OutputFormat> formats() {
        return List.of(
                OutputFormat.TEXT,
                OutputFormat.JSON,
                OutputFormat.YAML,
                OutputFormat.JUNIT,
                OutputFormat.MARKDOWN,
                OutputFormat.HTML);
    }

    @Override
    public boolean measured() {
        return true;
    }

    @Override
    public ExitCode run(Invocation invocation) {
        VerifyWriter.requireKnown(reports);
        try (Workplace workplace = Workplace.open(invocation, names, "provision verify")) {
            workplace.introduce();
            MetricsFile metrics = new MetricsFile(invocation);
            Verdict verdict = verify(invocation, workplace);
            metrics.write((ended, took) -> RunMetrics.ofVerdict(verdict, ended, took));
            verdict.warnings().forEach(warning -> invocation.messages().tell(Problem.warning(warning)));
            verdict.notes().forEach(note -> invocation.messages().note("note: " + note));
            VerifyReport report = new VerifyReport(verdict);
            Map<String, Instance> listed = workplace.scope().manifest().byName();
            report.problems(name -> Optional.ofNullable(listed.get(name)).map(Instance::place))
                    .forEach(invocation.messages()::annotate);
            VerifyWriter writer = new VerifyWriter(invocation, workplace.verified(verdict));
            writer.print();
            writer.write(reports);
            return verdict.ok() ? ExitCode.DONE : ExitCode.FAULT;
        }
    }

    private Verdict verify(Invocation invocation, Workplace workplace) {
        Scope scope = workplace.scope();
        workplace.stores().redis().ifPresent(RedisStore::lookOnce);
        Verification verification = new Verification(scope.manifest(), scope.instances());
        Provisioning provisioning = new Provisioning(
                withoutVolumes(scope), workplace.stores(), workplace.journal(), RunRecords.host(invocation));
        Survey survey = provisioning.inspect();
        Optional<BackgroundTask<Evidence>> inRedis = workplace.stores().redis().map(redis ->
                BackgroundTask.begin(() -> verification.redisIsolation(redis, workplace.ownRedis(), probe)));
        ChangeTexts texts = new ChangeTexts(
                scope, survey.facts().map(LoginFacts::serverVersion).orElse(PlanPrinter.ANY_VERSION));
        verification.presence(survey.desired(), survey.plan(), survey.unseen(), texts::forward);
        verification.unfinished(PlanPrinter.unfinished(survey.left()), survey.leftOpen());
        verification.names();
        Passwords passwords = new Passwords(scope, invocation.context().environment());
        workplace.stores().postgres().ifPresent(postgres -> {
            verification.entrance(postgres);
            verification.isolation(postgres);
            verification.probe(postgres, survey.desired(), probe, invocation.options().lockTimeout());
            if (connect) {
                verification.logins(postgres, passwords::ofRole);
            }
        });
        inRedis.map(BackgroundTask::result).ifPresent(verification::add);
        workplace.stores().redis().filter(redis -> connect).ifPresent(redis ->
                verification.redisLogins(redis, survey.desired(), passwords::ofRedisUser));
        if (scope.stores().contains(Store.VOLUME)) {
            verification.volumes(texts::forward);
        }
        return verification.verdict();
    }

    /** What is wrong with a folder is a finding here, and no reason to stop. */
    private static Scope withoutVolumes(Scope scope) {
        Set<Store> servers =
                scope.stores().stream().filter(store -> store != Store.VOLUME).collect(Collectors.toSet());
        return new Scope(scope.manifest(), scope.instances(), servers, scope.scripts());
    }
}
