package io.provision.status;

import io.provision.apply.Scope;
import io.provision.apply.Survey;
import io.provision.manifest.Instance;
import io.provision.plan.InstanceDrift;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.Store;
import io.provision.problem.Problem;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How many changes each instance wants, and whether that is all. */
final class Drift {

    private final Map<String, Long> changes;
    private final Set<String> unseen;
    private final String why;
    private final boolean usersUnseen;
    private final String whyNoUsers;

    Drift(Scope scope, Survey survey) {
        changes = InstanceDrift.of(survey.plan(), scope.instances());
        unseen = survey.unseen().stream().map(survey.desired()::instanceOf).collect(Collectors.toSet());
        why = String.join("; ", survey.plan().unknown());
        usersUnseen = scope.stores().contains(Store.REDIS)
                && scope.manifest().redis().acl()
                && survey.desired().state().each(AclUser.class).findAny().isEmpty();
        whyNoUsers = survey.plan().refusals().stream().map(Problem::message).collect(Collectors.joining("; "));
    }

    /** Where there is some drift, that is told, whatever else there may be. */
    Seen<Integer> of(Instance instance) {
        long known = changes.get(instance.name());
        if (known > 0) {
            return Seen.of(Math.toIntExact(known));
        }
        if (usersUnseen) {
            return Seen.unknown(whyNoUsers);
        }
        return unseen.contains(instance.name()) ? Seen.unknown(why) : Seen.of(0);
    }
}
