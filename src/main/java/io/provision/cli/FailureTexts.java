package io.provision.cli;

import io.provision.apply.Outcome;
import io.provision.plan.Change;
import io.provision.problem.Problem;
import io.provision.problem.ShortList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Tells what went wrong in a run: warnings, and why instances failed. */
final class FailureTexts {

    /** The document names them all; a screen has no room for thousands. */
    private static final int FINISHED_TOLD = 20;

    private FailureTexts() {}

    /** Each reason once, whoever it hit: when a server goes away, it hits all that are left. */
    static void tell(Invocation invocation, Workplace workplace, Outcome outcome) {
        Messages messages = outcome.run().map(invocation.messages()::inRun).orElse(invocation.messages());
        outcome.warnings().forEach(warning -> messages.tell(Problem.warning(warning)));
        Map<String, List<String>> byReason = outcome.failed().stream()
                .collect(Collectors.groupingBy(
                        Outcome.Failure::why,
                        LinkedHashMap::new,
                        Collectors.mapping(Outcome.Failure::instance, Collectors.toList())));
        String remedy = remedy(invocation.command(), outcome);
        byReason.forEach((why, instances) -> about(messages, workplace, instances).tell(
                Problem.error(who(instances) + ": " + why).remedy(outcome.undone() && why.equals(Outcome.STOPPED)
                        ? "what of it was begun was undone; run the same command again"
                        : remedy)));
        outcome.fault().ifPresent(
                fault -> new Unexpected(invocation.options()).tell(fault, messages));
    }

    private static String remedy(String command, Outcome outcome) {
        if (outcome.undone()) {
            return (command.equals("rollback") ? "it stands as before" : "nothing of it was left behind")
                    + ": mend that, then run the same command again";
        }
        return outcome.run().isPresent()
                ? "run the same command again when that is mended: it finishes from the journal"
                : "something of it may be left behind: mend that, then run the same command again, which goes on from"
                        + " what stands";
    }

    /** After an interruption: which instances a run had come to the end of. */
    static void tellFinished(Invocation invocation, Outcome outcome, Set<String> planned, Set<String> finished) {
        if (outcome.interrupted()) {
            invocation.messages().note("finished: " + list(planned, finished::contains));
            invocation.messages().note("not finished: " + list(planned, name -> !finished.contains(name)));
        }
    }

    private static String list(Set<String> names, Predicate<String> which) {
        List<String> chosen =
                names.stream().filter(name -> !name.equals(Change.SHARED)).filter(which).sorted().toList();
        return chosen.isEmpty() ? "none" : ShortList.of(chosen, FINISHED_TOLD);
    }

    private static Messages about(Messages messages, Workplace workplace, List<String> instances) {
        return instances.size() > 1
                ? messages
                : workplace.scope().manifest().instance(instances.get(0))
                        .map(instance -> messages.about(instance.identity().service(), instance.name()))
                        .orElse(messages);
    }

    private static String who(List<String> instances) {
        return ShortList.of(instances.stream().map(Change::named).distinct().toList(), 3);
    }
}
