package io.provision.cli;

import io.provision.plan.Store;
import io.provision.problem.ExitCode;
import io.provision.problem.IoReason;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.report.Document;
import io.provision.report.PlanFile;
import io.provision.report.PlanReport;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.MalformedInputException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The file of {@code plan --out} and {@code init --plan}, and whether the command line fits it. */
final class SavedPlan {

    private SavedPlan() {}

    /** @throws ProvisionException FAILED where it cannot be written; a file that was there is as it was then */
    static void write(Invocation invocation, Workplace workplace, PlanReport plan, List<String> names, Path to) {
        Document document = PlanFile.document(
                plan, invocation.context().clock().instant(), names, parts(invocation), workplace.places());
        if (to.equals(FileOrStream.STREAM)) {
            document.json(invocation.context().out());
            return;
        }
        try {
            WholeFile.replace(invocation.path(to), document::json);
        } catch (IOException e) {
            throw new ProvisionException(
                    ExitCode.FAILED,
                    Problem.error("the plan could not be written to %s: %s".formatted(to, IoReason.of(e)))
                            .remedy(IoReason.remedy(e, "make its folder, writable for the user that runs this")));
        }
    }

    /**
     * @param names those of the command line, which may name none: the plan has them
     * @throws ProvisionException USAGE where it cannot be read, or was made for another part
     */
    static PlanFile read(Invocation invocation, List<String> names, Path from) {
        PlanFile plan = read(invocation, from);
        if (!names.isEmpty()) {
            throw usage("--plan %s says itself which instances it is about".formatted(from), "name none beside it");
        }
        if (!plan.parts().equals(parts(invocation))) {
            throw usage(
                    "%s was made for %s".formatted(FileOrStream.title(from), String.join(", ", plan.parts())),
                    plan.parts().size() == Store.values().length
                            ? "leave --only out"
                            : "say --only " + String.join(",", plan.parts()));
        }
        return plan;
    }

    private static PlanFile read(Invocation invocation, Path from) {
        try (Reader text = FileOrStream.open(invocation, from)) {
            return PlanFile.read(FileOrStream.title(from), text);
        } catch (NoSuchFileException e) {
            throw usage("there is no file " + from, "make it with `provision plan --out %s`".formatted(from));
        } catch (MalformedInputException e) {
            throw usage(from + " is no text", "make it with `provision plan --out %s`".formatted(from));
        } catch (IOException e) {
            throw usage("%s cannot be read: %s".formatted(from, IoReason.of(e)), "mend that, and try again");
        }
    }

    /** A pipeline may well plan and apply from different places; a person who mixes up two servers wants to know. */
    static void comparePlaces(Invocation invocation, Workplace workplace, PlanFile plan) {
        if (!plan.places().equals(workplace.places())) {
            invocation.messages().tell(Problem.warning("the plan was made on %s, and this is %s"
                    .formatted(String.join(", ", plan.places()), String.join(", ", workplace.places()))));
        }
    }

    private static List<String> parts(Invocation invocation) {
        return invocation.options().stores().stream().sorted().map(CommandRunner::part).toList();
    }

    private static ProvisionException usage(String what, String remedy) {
        return new ProvisionException(ExitCode.USAGE, Problem.error(what).remedy(remedy));
    }
}
