package io.provision.apply;

import io.provision.manifest.Instance;
import io.provision.naming.Names;
import io.provision.plan.Plan;
import io.provision.plan.SqlFile;
import io.provision.postgres.FilePrerequisites;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.Session;
import io.provision.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whom a plan runs {@code sql:} files as; the login itself is none of them.
 *
 * @param roles all of them
 * @param inPublic those who run one in {@code public}
 */
record FileRunners(Set<String> roles, Set<String> inPublic) {

    static FileRunners of(Scope scope, Plan plan) {
        Map<String, Instance> instances = scope.manifest().byName();
        FileRunners runners = new FileRunners(new TreeSet<>(), new TreeSet<>());
        plan.changes().stream().filter(change -> change.after().isPresent()).forEach(change -> {
            Instance instance = instances.get(change.instance());
            if (change.resource() instanceof SqlFile file
                    && instance != null
                    && instance.owner() == Instance.Owner.ROLE) {
                runners.add(instance.names().role(), file.schema());
            }
        });
        return runners;
    }

    private void add(String role, String schema) {
        roles.add(role);
        if (schema.equals(Names.PUBLIC_SCHEMA)) {
            inPublic.add(role);
        }
    }

    boolean any() {
        return !roles.isEmpty();
    }

    List<Problem> lacking(Session session, LoginFacts facts) {
        return FilePrerequisites.lacking(session, facts, roles, inPublic);
    }
}
