package io.provision.verify;

import io.provision.manifest.Instance;
import io.provision.plan.Desired;
import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.postgres.Session;
import io.provision.postgres.Sql;
import io.provision.postgres.isolation.PrivilegeProbe;
import io.provision.postgres.isolation.PrivilegeProbe.Proof;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether the tables that are made from now on can be read by those who are to read them. */
final class ProbeProof {

    private static final String NAME = "default_privileges_probe";

    private final Desired desired;
    private final Probe probe;

    ProbeProof(Desired desired, Probe probe) {
        this.desired = desired;
        this.probe = probe;
    }

    Evidence prove(Session session, List<Instance> instances, Duration lockTimeout) {
        Set<String> chosen = Set.copyOf(probe.of(instances.stream().map(Instance::name).toList()));
        List<DefaultPrivileges> wanted = desired.state().each(DefaultPrivileges.class)
                .filter(resource -> chosen.contains(desired.instanceOf(resource.id())))
                .toList();
        Map<String, List<String>> lacking = new LinkedHashMap<>();
        Map<String, Integer> held = new LinkedHashMap<>();
        Set<String> untried = new TreeSet<>();
        Set<String> closed = new TreeSet<>();
        new PrivilegeProbe(session).prove(wanted, lockTimeout.toMillis()).forEach((privileges, proof) -> {
            String instance = desired.instanceOf(privileges.id());
            if (proof instanceof Proof.Untried no) {
                untried.add(no.why());
            } else if (proof instanceof Proof.Closed) {
                closed.add(closed(privileges));
            } else if (proof instanceof Proof.Fails fails) {
                lacking.computeIfAbsent(instance, i -> new ArrayList<>()).add(told(privileges, fails.lacking()));
            } else {
                held.merge(instance, 1, Integer::sum);
            }
        });
        List<String> warnings = new ArrayList<>(closed);
        if (!untried.isEmpty()) {
            warnings.add(("default privileges were computed, and not all proved by effect: %s; run it as the login "
                    + "that provisions, or with `--probe none`").formatted(String.join("; ", untried)));
        }
        return new Evidence(checks(lacking, held), List.of(), warnings);
    }

    private static List<Check> checks(Map<String, List<String>> lacking, Map<String, Integer> held) {
        List<Check> checks = new ArrayList<>();
        lacking.forEach((instance, sentences) -> checks.add(Check.fails(
                instance,
                NAME,
                String.join("; ", sentences),
                "`provision init` grants them, and what they lack on what stands")));
        held.forEach((instance, count) -> {
            if (!lacking.containsKey(instance)) {
                checks.add(Check.holds(instance, NAME, "new tables and sequences have them (%d)".formatted(count)));
            }
        });
        return checks;
    }

    private static String closed(DefaultPrivileges privileges) {
        return ("%s may make nothing in the schema %s, and so it is not proved what others may do with what it would "
                        + "make: if its service makes tables there, GRANT CREATE ON SCHEMA %s TO %s;")
                .formatted(
                        privileges.creator(),
                        privileges.schema(),
                        Sql.identifier(privileges.schema()),
                        Sql.identifier(privileges.creator()));
    }

    private static String told(DefaultPrivileges privileges, List<String> lacking) {
        return "%s lacks %s on a new %s that %s makes in %s".formatted(
                privileges.grantee(),
                String.join(", ", lacking),
                privileges.objects().name().toLowerCase(Locale.ROOT),
                privileges.creator(),
                privileges.schema());
    }
}
