package io.provision.cli;

import io.provision.problem.Problem;
import io.provision.report.GithubAnnotation;
import io.provision.report.Legible;
import io.provision.report.LogLine;
import io.provision.report.Palette;
import io.provision.report.ProblemText;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a command says on standard error: sentences for people, or one JSON object a line ({@code --log-format}). */
final class Messages {

    private final CommandContext context;
    private final SharedOptions options;
    private final Map<String, String> fields;

    private Messages(CommandContext context, SharedOptions options, Map<String, String> fields) {
        this.context = context;
        this.options = options;
        this.fields = Collections.unmodifiableMap(fields);
    }

    static Messages of(CommandContext context, SharedOptions options) {
        Map<String, String> fields = new LinkedHashMap<>();
        context.variable("ENVIRONMENT").ifPresent(environment -> fields.put("environment", environment));
        return new Messages(context, options, fields);
    }

    /** The same, about one instance: JSON lines carry its names. */
    Messages about(String service, String instance) {
        return with("service_name", service).with("instance_name", instance);
    }

    /** The same, within one run: JSON lines carry its id. */
    Messages inRun(String run) {
        return with("run", run);
    }

    private Messages with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(key, value);
        return new Messages(context, options, more);
    }

    /** Errors always, warnings unless {@code -q}. */
    void tell(Problem problem) {
        if (!problem.isError() && options.quiet()) {
            return;
        }
        print(text(problem));
    }

    private String text(Problem problem) {
        if (options.logsJson()) {
            return LogLine.of(context.clock().instant(), problem, fields);
        }
        return annotation(problem).orElseGet(() -> ProblemText.of(problem, palette()));
    }

    /** For what is part of the result already: told again in GitHub Actions alone, which shows it beside its line. */
    void annotate(Problem problem) {
        if (!options.logsJson()) {
            annotation(problem).ifPresent(this::print);
        }
    }

    private Optional<String> annotation(Problem problem) {
        if (!context.variable("GITHUB_ACTIONS").equals(Optional.of("true"))) {
            return Optional.empty();
        }
        Path workspace = context.variable("GITHUB_WORKSPACE").map(Path::of).orElse(context.directory());
        return Optional.of(new GithubAnnotation(workspace, context.directory()).of(problem));
    }

    /** What is being done, or what is worth knowing; not with {@code -q}. */
    void note(String sentence) {
        if (!options.quiet()) {
            print(options.logsJson() ? LogLine.of(context.clock().instant(), "info", sentence, fields) : sentence);
        }
    }

    /** Only with {@code -v}. */
    void detail(String sentence) {
        if (options.verbose()) {
            print(options.logsJson() ? LogLine.of(context.clock().instant(), "debug", sentence, fields) : sentence);
        }
    }

    private Palette palette() {
        return options.color().palette(context, context.terminal().err());
    }

    private void print(String text) {
        context.err().print(Legible.text(Masked.of(text)) + "\n");
        context.err().flush();
    }
}
