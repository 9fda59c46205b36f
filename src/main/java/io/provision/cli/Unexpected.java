package io.provision.cli;

import io.provision.problem.Problem;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Tells of what should not have happened: a fault of the tool's own, or of the machine that runs it. */
final class Unexpected {

    private final SharedOptions options;

    Unexpected(SharedOptions options) {
        this.options = options;
    }

    void tell(Throwable fault, Messages messages) {
        String what = fault.getMessage() == null ? "" : ": " + fault.getMessage().lines().findFirst().orElse("");
        Problem problem =
                Problem.error("this should not have happened: " + fault.getClass().getSimpleName() + what);
        messages.tell(options.verbose() ? problem : problem.remedy("-v shows the stack trace"));
        stackTrace(fault, messages);
    }

    /** Only with {@code -v}. */
    void stackTrace(Throwable thrown, Messages messages) {
        if (options.verbose()) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            messages.detail(trace.toString().stripTrailing());
        }
    }
}
