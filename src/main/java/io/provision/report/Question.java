package io.provision.report;

import io.provision.plan.Hazard;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.Movable;
import io.provision.plan.Plan;
import java.util.List;
import java.util.stream.Collectors;

/** What is asked before a plan is applied, with the gist of it again: the plan itself may have scrolled away. */
public final class Question {

    private final Plan plan;
    private final List<Hazard> hazards;

    /** @param hazards those that nobody has agreed to yet */
    public Question(Plan plan, List<Hazard> hazards) {
        this.plan = plan;
        this.hazards = List.copyOf(hazards);
    }

    /** How many tables a plan moves. */
    public static long moved(Plan plan) {
        return plan.changes().stream()
                .filter(change -> change.resource() instanceof Placement placement
                        && placement.type() == Movable.TABLE)
                .count();
    }

    /** A line that tells what the command line has to agree to; nothing where there is no hazard. */
    static String wants(String command, Plan plan) {
        return plan.hazards().isEmpty()
                ? ""
                : "%s wants --allow-hazard %s, or a yes on a terminal\n".formatted(
                        command,
                        plan.hazards().stream().map(Hazard::kind).distinct().sorted().collect(Collectors.joining(",")));
    }

    /** Without a line end: the answer is typed behind it. */
    public String text(Palette palette) {
        StringBuilder text = new StringBuilder();
        long moved = moved(plan);
        if (moved > 0) {
            text.append(moved == 1 ? "1 table moves.\n" : moved + " tables move.\n");
        }
        hazards.forEach(hazard -> text.append(palette.error("hazard " + hazard.kind() + ": "))
                .append(hazard.message()).append('\n'));
        if (!hazards.isEmpty()) {
            text.append(hazards.size() == 1 ? "yes accepts it.\n" : "yes accepts them.\n");
        }
        return text.append("Do this? Type yes: ").toString();
    }
}
