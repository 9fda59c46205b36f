package io.provision.verify;

import io.provision.plan.Change;
import io.provision.plan.Desired;
import io.provision.plan.Plan;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.ResourceKind;
import io.provision.plan.VolumeResource;
import io.provision.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether what should stand does: what a plan finds to change is missing, or otherwise than it should be. */
final class Presence {

    private final Desired desired;
    private final Plan plan;
    private final Set<ResourceId> unseen;
    private final Function<Change, String> texts;

    /** In the order in which the remedies can be run: what several share comes first. */
    private record Group(String instance, ResourceKind kind) implements Comparable<Group> {

        @Override
        public int compareTo(Group other) {
            int byInstance = instance.compareTo(other.instance);
            return byInstance != 0 ? byInstance : kind.compareTo(other.kind);
        }
    }

    /**
     * @param plan made from a fresh look
     * @param unseen what could not be looked at
     * @param texts writes a change as a person would type it
     */
    Presence(Desired desired, Plan plan, Set<ResourceId> unseen, Function<Change, String> texts) {
        this.desired = desired;
        this.plan = plan;
        this.unseen = unseen;
        this.texts = texts;
    }

    /** One check for each instance and kind of resource. */
    Evidence evidence() {
        Map<Group, Integer> wanted = new TreeMap<>();
        desired.state().resources().values().stream()
                .filter(resource -> !unseen.contains(resource.id()) && !VolumeResource.isOnTheWay(resource))
                .forEach(resource -> wanted.merge(group(desired.instanceOf(resource.id()), resource), 1, Integer::sum));
        Map<Group, List<Change>> faults = plan.changes().stream()
                .collect(Collectors.groupingBy(change -> group(change.instance(), change.resource())));
        faults.keySet().forEach(group -> wanted.putIfAbsent(group, 0));
        List<Check> checks = new ArrayList<>();
        wanted.forEach((group, count) -> checks.add(faults.containsKey(group)
                ? fault(group, faults.get(group))
                : Check.holds(group.instance(), group.kind().id(), "as the manifest says (%d)".formatted(count))));
        plan.refusals().stream().map(Presence::refusal).forEach(checks::add);
        List<String> warnings = new ArrayList<>();
        plan.unknown().forEach(unknown -> warnings.add("not proved: " + unknown));
        plan.unlisted().forEach(unlisted -> warnings.add("not listed any more, and still there: %s %s (made for %s)%s"
                .formatted(
                        ResourceId.words(unlisted.resource().kind()),
                        unlisted.resource().target(),
                        unlisted.instance(),
                        unlisted.remedy().map(command -> "; take it away with `" + command + "`").orElse(""))));
        return new Evidence(checks, List.of(), warnings);
    }

    private static Group group(String instance, Resource resource) {
        return new Group(instance, resource.kind());
    }

    private Check fault(Group group, List<Change> changes) {
        return Check.fails(
                group.instance(),
                group.kind().id(),
                changes.stream().map(Presence::told).collect(Collectors.joining("; ")),
                changes.stream().map(texts).distinct().collect(Collectors.joining("\n")));
    }

    private static String told(Change change) {
        return "%s: %s".formatted(change.target().words(), change.reason());
    }

    private static Check refusal(Problem problem) {
        return Check.fails(
                Breach.EVERY, "plan", problem.message(), problem.remedy().orElse("`provision plan` tells more"));
    }
}
