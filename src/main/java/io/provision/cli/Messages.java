package io.provision.cli;

import io.provision.problem.Problem;
import io.provision.report.LogLine;
import io.provision.report.Palette;
import io.provision.report.ProblemText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a command says on standard error: sentences for people, or one JSON object a line ({@code --log-format}). */
public final class Messages {

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
    public Messages about(String service, String instance) {
        return with("service_name", service).with("instance_name", instance);
    }

    /** The same, within one run: JSON lines carry its id. */
    public Messages inRun(String run) {
        return with("run", run);
    }

    private Messages with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(key, value);
        return new Messages(context, options, more);
    }

    /** Errors always, warnings unless {@code -q}. */
    public void tell(Problem problem) {
        if (!problem.isError() && options.quiet()) {
            return;
        }
        print(options.logsJson()
                ? LogLine.of(context.clock().instant(), problem, fields)
                : ProblemText.of(problem, palette()));
    }

    /** What is being done, or what is worth knowing; not with {@code -q}. */
    public void note(String sentence) {
        if (!options.quiet()) {
            print(options.logsJson() ? LogLine.of(context.clock().instant(), "info", sentence, fields) : sentence);
        }
    }

    /** Only with {@code -v}. */
    public void detail(String sentence) {
        if (options.verbose()) {
            print(options.logsJson() ? LogLine.of(context.clock().instant(), "debug", sentence, fields) : sentence);
        }
    }

    private Palette palette() {
        return options.color().palette(context, context.terminal().err());
    }

    private void print(String text) {
        context.err().print(Masked.of(text) + "\n");
        context.err().flush();
    }
}
