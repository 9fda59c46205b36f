package io.provision.manifest;

import io.provision.naming.AdapterCheck;
import io.provision.naming.Claim;
import io.provision.naming.Collision;
import io.provision.naming.Collision.Kind;
import io.provision.naming.Collisions;
import io.provision.naming.Computation;
import io.provision.naming.NamingRule;
import io.provision.naming.NamingWarnings;
import io.provision.naming.NamingWarnings.StemUse;
import io.provision.naming.NamingWarnings.Warning;
import io.provision.problem.Place;
import io.provision.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the rules of naming say of all instances together, told with the lines that it comes from. */
final class NamingReport {

    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final Faults faults;

    NamingReport(List<Draft> drafts, Faults faults) {
        drafts.forEach(draft -> this.drafts.put(draft.name(), draft));
        this.faults = faults;
    }

    void tell() {
        Collisions.among(drafts.values().stream().map(NamingReport::claim).toList()).forEach(this::collision);
        NamingWarnings.differingStems(drafts.values().stream().filter(Draft::named).map(NamingReport::stemUse).toList())
                .forEach(warning -> warning(warning, "stem"));
        for (Draft draft : drafts.values().stream().filter(Draft::named).toList()) {
            NamingWarnings.bareColon(draft.name(), draft.instance().names().namespace())
                    .ifPresent(warning -> warning(warning, "namespace"));
            adapter(draft);
        }
    }

    private static Claim claim(Draft draft) {
        Instance instance = draft.instance();
        return new Claim(
                instance.identity(),
                instance.names(),
                draft.settings().get("role").isPresent(),
                instance.legacySchemas(),
                instance.legacyNamespaces(),
                instance.sharesNamespaceWith(),
                instance.volumes().stream().map(Volume::path).toList(),
                instance.ports().http(),
                instance.ports().grpc());
    }

    private static StemUse stemUse(Draft draft) {
        Instance instance = draft.instance();
        return new StemUse(instance.identity(), instance.naming(), draft.settings().text("stem"));
    }

    private void warning(Warning warning, String key) {
        faults.add(warning.problem().at(drafts.get(warning.instance()).settings().place(key)));
    }

    /** At the line of the second; the message names that of the first. */
    private void collision(Collision collision) {
        Place first = place(drafts.get(collision.first()), collision.kind(), collision.firstName());
        Place second = place(drafts.get(collision.second()), collision.kind(), collision.secondName());
        if (first.equals(second)) {
            // One line of a service or of the defaults gives both what they collide by.
            first = drafts.get(collision.first()).settings().place();
            second = drafts.get(collision.second()).settings().place();
        }
        Problem problem = collision.problem();
        faults.add(new Problem(problem.severity(), problem.message() + "; the other is at " + first,
                Optional.of(second), problem.remedy()));
    }

    private static Place place(Draft draft, Kind kind, String name) {
        Settings settings = draft.settings();
        return switch (kind) {
            case SCHEMA -> listed(settings, "legacy_schemas", name).orElse(settings.place("schema"));
            case NAMESPACE -> listed(settings, "legacy_namespaces", name).orElse(settings.place("namespace"));
            case ROLE -> settings.place("role");
            case REDIS_USER -> settings.place("redis_user");
            case PORT -> Stream.of("http", "grpc")
                    .flatMap(key -> settings.below("ports").scalar(key).stream())
                    .filter(port -> port.text().equals(name))
                    .map(Value.Scalar::place)
                    .findFirst()
                    .orElse(settings.place());
            case DISCOVERY_KEY, VOLUME -> settings.place();
        };
    }

    private static Optional<Place> listed(Settings settings, String key, String name) {
        return settings.list(key).stream()
                .filter(item -> item.text().equals(name))
                .map(Value.Scalar::place)
                .findFirst();
    }

    private void adapter(Draft draft) {
        Instance instance = draft.instance();
        if (draft.settings().isBroken("adapter") || draft.settings().below("adapter").hasBroken()) {
            return;
        }
        AdapterCheck check = AdapterCheck.of(
                instance.identity(), instance.adapter(), draft.settings().text("stem"), instance.names());
        if (check instanceof AdapterCheck.Agrees) {
            return;
        }
        String who = "instance `" + draft.name() + "`: its adapter " + instance.adapter().rule().id();
        String given = "it is given schema `" + instance.names().schema() + "` and namespace `"
                + instance.names().namespace() + "`";
        if (check instanceof AdapterCheck.Reconcilable reconcilable) {
            List<String> lines = new ArrayList<>();
            reconcilable.lines().forEach((name, value) -> lines.add(name + "=" + value));
            faults.warning(draft.settings().place(), who + " computes " + told(reconcilable.computed()) + ", and "
                    + given, "its environment must say " + String.join(" ", lines)
                    + " (`render compose` and `derive -o env` write that)");
        } else if (check instanceof AdapterCheck.Irreconcilable irreconcilable) {
            String message = who + " computes " + told(irreconcilable.computed())
                    + " and cannot be told otherwise, and " + given;
            if (nobodySaidWhichAdapter(draft)) {
                faults.warning(draft.settings().place(), message, remedy(draft));
            } else {
                faults.error(draft.settings().place(), message, remedy(draft));
            }
        }
    }

    /** `component` is no service's adapter, only the default: an override beside it proves nothing wrong. */
    private static boolean nobodySaidWhichAdapter(Draft draft) {
        return draft.settings().get("adapter").isEmpty()
                && draft.instance().adapter().rule() == NamingRule.COMPONENT;
    }

    private static String remedy(Draft draft) {
        String id = draft.instance().adapter().rule().id();
        if (draft.settings().get("adapter").isEmpty()) {
            return "say in `adapter:` which data adapter the service runs (unsaid, it counts as " + id
                    + "); market-data-adapter and python-data-adapter can be told their names";
        }
        return draft.instance().adapter().rule() == draft.instance().naming()
                ? "take the overrides away, or name the `adapter:` that the service really runs"
                : "set `naming: " + id + "`, or name the `adapter:` that the service really runs";
    }

    private static String told(Computation computed) {
        return computed instanceof Computation.SchemaAndNamespace both
                ? "schema `" + both.schema() + "` and namespace `" + both.namespace() + "`"
                : "nothing (" + ((Computation.NotComputable) computed).reason() + ")";
    }
}
