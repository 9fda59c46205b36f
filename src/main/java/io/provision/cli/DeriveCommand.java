package io.provision.cli;

import io.provision.naming.AdapterEnvironment;
import io.provision.naming.Derivation;
import io.provision.naming.NameDeriver;
import io.provision.naming.NamingRule;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.problem.Suggestion;
import io.provision.report.Document;
import io.provision.report.NamesReport;
import io.provision.report.RulesReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code derive}: the names that the rules give. */
@Command(name = "derive", description = "Prints the derived names of all instances, or of those named, listed in the "
        + "manifest or not. Touches no server.")
final class DeriveCommand implements Subcommand {

    @Parameters(paramLabel = "NAME", arity = "0..*",
            description = "Instances; all of the manifest where none is named.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--service", paramLabel = "NAME",
            description = "The service of the named instances; otherwise the one whose stem fits.")
    private Optional<String> service = Optional.empty();

    @Option(names = "--from-environment", description = {
        "Derive from SERVICE_NAME and SERVICE_INSTANCE_NAME, as an adapter would.",
        "By itself where SERVICE_NAME is set and there is no manifest."})
    private boolean fromEnvironment;

    @Option(names = "--naming", paramLabel = "RULE",
            description = "What this rule derives, whatever the manifest overrides: component, audit-data-adapter, "
                    + "project-plan, market-data-adapter, market-data-simulator or python-data-adapter.")
    private Optional<NamingRule> naming = Optional.empty();

    @Option(names = "--all-rules", description = "Every rule side by side, disagreements marked.")
    private boolean allRules;

    @Option(names = "--field", paramLabel = "FIELD",
            description = "One bare value a line: schema, namespace, key_pattern, role, redis_user, discovery_key, "
                    + "volumes.data and the like, instance, service, singleton, naming.")
    private Optional<String> field = Optional.empty();

    @Override
    public List<OutputFormat> formats() {
        return List.of(OutputFormat.TEXT, OutputFormat.JSON, OutputFormat.YAML, OutputFormat.ENV);
    }

    @Override
    public ExitCode run(Invocation invocation) {
        refuseContradictions(invocation);
        List<Subject> subjects = new DeriveSubjects(invocation, names, service, fromEnvironment, naming).find();
        List<Subject> chosen = subjects.stream().filter(Subject::chosen).toList();
        if (!allRules) {
            refuseFaults(chosen);
        }
        new NameWarnings(invocation).tell(subjects, allRules);
        if (allRules) {
            RulesReport report = new RulesReport(chosen.stream()
                    .map(subject -> comparison(subject, invocation.context().environment()))
                    .toList());
            print(invocation, () -> report.text(invocation.columns(), invocation.palette()), report::document);
            return ExitCode.DONE;
        }
        NamesReport report = new NamesReport(chosen.stream().map(Subject::derived).toList());
        if (field.isPresent()) {
            invocation.print(value(report, field.get()));
        } else if (invocation.format() == OutputFormat.ENV) {
            invocation.print(report.environment());
        } else {
            print(invocation, () -> report.text(invocation.columns(), invocation.palette()), report::document);
        }
        return ExitCode.DONE;
    }

    private static void print(Invocation invocation, Supplier<String> text, Supplier<Document> document) {
        if (invocation.format() == OutputFormat.TEXT) {
            invocation.print(text.get());
        } else {
            invocation.print(document.get());
        }
    }

    private void refuseContradictions(Invocation invocation) {
        boolean text = invocation.format() == OutputFormat.TEXT;
        Stream.of(
                fromEnvironment && !names.isEmpty() ? "--from-environment takes no NAME" : "",
                fromEnvironment && service.isPresent() ? "--from-environment takes the service from SERVICE_NAME" : "",
                service.isPresent() && names.isEmpty() ? "--service is the service of a NAME, and there is none" : "",
                allRules && naming.isPresent() ? "--all-rules and --naming do not go together" : "",
                allRules && field.isPresent() ? "--all-rules and --field do not go together" : "",
                allRules && invocation.format() == OutputFormat.ENV ? "--all-rules writes text, json, yaml" : "",
                field.isPresent() && !text ? "--field prints bare values: it takes no -o" : "")
                .filter(contradiction -> !contradiction.isEmpty())
                .findFirst()
                .ifPresent(contradiction -> {
                    throw new ProvisionException(ExitCode.USAGE, Problem.error(contradiction));
                });
    }

    private static void refuseFaults(List<Subject> chosen) {
        List<Problem> faults = chosen.stream().flatMap(subject -> subject.errors().stream()).toList();
        if (!faults.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, faults);
        }
    }

    private static RulesReport.Comparison comparison(Subject subject, Map<String, String> environment) {
        Map<NamingRule, Derivation> byRule = new EnumMap<>(NamingRule.class);
        for (NamingRule rule : NamingRule.values()) {
            byRule.put(rule, subject.asAdapter()
                    ? AdapterEnvironment.derive(environment, subject.adapter(rule))
                    : NameDeriver.derive(
                            subject.identity(), rule, subject.stemAlone(), subject.settings().volumes()));
        }
        return new RulesReport.Comparison(
                subject.identity(), subject.naming(), subject.derivation(), byRule);
    }

    private static String value(NamesReport report, String field) {
        return report.field(field).orElseThrow(() -> new ProvisionException(ExitCode.USAGE, Problem
                .error("there is no field `" + field + "`")
                .remedy(Suggestion.remedy(field, report.fieldNames()))));
    }
}
