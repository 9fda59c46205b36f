package io.provision.plan;

import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.Schema;
import io.provision.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a plan must not be applied, as far as the two states tell. */
final class Refusals {

    private final State live;
    private final Desired desired;
    private final List<Problem> problems = new ArrayList<>();

    private Refusals(State live, Desired desired) {
        this.live = live;
        this.desired = desired;
    }

    static List<Problem> of(State live, Desired desired, Collection<Change> changes) {
        Refusals refusals = new Refusals(live, desired);
        desired.state().resources().values().forEach(refusals::foreignMark);
        refusals.editedFiles(changes);
        refusals.latecomers(changes);
        return refusals.problems;
    }

    private void foreignMark(Resource resource) {
        Optional<String> comment = live.find(resource.id()).flatMap(l -> {
            if (l instanceof Role role) {
                return role.comment();
            }
            return l instanceof Schema schema ? schema.comment() : Optional.empty();
        });
        comment.flatMap(Mark::parse)
                .filter(mark -> !mark.sameOrigin(desired.mark()))
                .ifPresent(mark -> refuse(
                        "%s %s%s was made for %s in the database %s, not for %s in %s".formatted(
                                resource.kind().id(),
                                resource.target(),
                                ofInstance(desired.instanceOf(resource.id())),
                                mark.ecosystem(),
                                mark.database(),
                                desired.mark().ecosystem(),
                                desired.mark().database()),
                        "give it another name (`%s:`), or change its comment if it is to be shared on purpose"
                                .formatted(keyOf(resource))));
    }

    private String keyOf(Resource resource) {
        boolean reader = resource instanceof Role && desired.instanceOf(resource.id()).equals(Change.SHARED);
        return reader ? "readers" : resource.kind().id();
    }

    private void editedFiles(Collection<Change> changes) {
        for (Change change : changes) {
            if (change.resource() instanceof SqlFile file && !file.name().repeatable() && !change.creates()) {
                refuse(
                        "%s was edited after it had run in the schema %s%s".formatted(
                                file.name().file(), file.schema(), ofInstance(change.instance())),
                        "put back what it was, and write what is new into a further V… file");
            }
        }
    }

    /** A version that comes before one that has run would run out of order; the same version would run twice. */
    private void latecomers(Collection<Change> changes) {
        Map<String, SqlScript.Name> newest = live.each(SqlFile.class)
                .filter(file -> !file.name().repeatable())
                .collect(Collectors.toMap(
                        SqlFile::schema, SqlFile::name, (one, other) -> one.precedes(other) ? other : one));
        for (Change change : changes) {
            if (change.resource() instanceof SqlFile file && change.creates() && !file.name().repeatable()) {
                Optional.ofNullable(newest.get(file.schema()))
                        .filter(ran -> !ran.precedes(file.name()))
                        .ifPresent(ran -> refuseLatecomer(file, ran, change.instance()));
            }
        }
    }

    private void refuseLatecomer(SqlFile file, SqlScript.Name ran, String instance) {
        refuse(
                "%s %s %s, which has run in the schema %s%s".formatted(
                        file.name().file(),
                        file.name().precedes(ran) ? "comes before" : "has the version of",
                        ran.file(),
                        file.schema(),
                        ofInstance(instance)),
                "give it a version above those that have run");
    }

    private void refuse(String message, String remedy) {
        problems.add(Problem.error(message).remedy(remedy));
    }

    private static String ofInstance(String instance) {
        return instance.equals(Change.SHARED) ? "" : " of " + instance;
    }
}
