package io.provision.manifest;

import io.provision.problem.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Further schemas and key prefixes must not open one instance's data to another by the back door. */
final class LegacyClaims {

    private final Faults faults;

    LegacyClaims(Faults faults) {
        this.faults = faults;
    }

    void check(List<Draft> drafts) {
        schemas(drafts);
        namespaces(drafts);
    }

    /** A schema has one owner, a legacy one too. */
    private void schemas(List<Draft> drafts) {
        Map<String, Draft> owners = new HashMap<>();
        drafts.forEach(draft -> owners.putIfAbsent(draft.instance().names().schema(), draft));
        for (Draft draft : drafts) {
            for (Value.Scalar legacy : draft.settings().list("legacy_schemas")) {
                Draft other = owners.putIfAbsent(legacy.text(), draft);
                if (other != null && other != draft) {
                    faults.error(legacy.place(), "instances `" + other.name() + "` (" + other.settings().place()
                            + ") and `" + draft.name() + "` both have the schema `" + legacy.text() + "`",
                            "a schema has one owner: take it out of one's `legacy_schemas`");
                }
            }
        }
    }

    private void namespaces(List<Draft> drafts) {
        Map<String, Draft> owners = new HashMap<>();
        drafts.forEach(draft -> owners.putIfAbsent(draft.instance().names().namespace(), draft));
        Map<String, List<Draft>> legacyOwners = new LinkedHashMap<>();
        Map<String, Place> places = new HashMap<>();
        for (Draft draft : drafts) {
            for (Value.Scalar legacy : draft.settings().list("legacy_namespaces")) {
                legacyOwners.computeIfAbsent(legacy.text(), none -> new ArrayList<>()).add(draft);
                places.putIfAbsent(legacy.text(), legacy.place());
                prefixes(legacy.text()).forEach(outer -> overlap(owners.get(outer), outer, draft, legacy));
            }
        }
        for (Draft draft : drafts) {
            prefixes(draft.instance().names().namespace()).forEach(outer -> legacyOwners
                    .getOrDefault(outer, List.of())
                    .forEach(owner -> covered(owner, outer, draft, places.get(outer))));
        }
        legacyOwners.forEach((namespace, sharing) -> {
            if (sharing.size() > 1) {
                faults.warning(places.get(namespace), ManifestChecks.some(sharing, Draft::name)
                        + " all own the keys " + namespace + ":* through `legacy_namespaces`",
                        "they can read and change each other's; give each its own as soon as you can");
            }
        });
    }

    /** The namespace itself and everything that would own it: {@code a:b} is within {@code a}. */
    private static List<String> prefixes(String namespace) {
        List<String> prefixes = new ArrayList<>();
        for (int colon = namespace.indexOf(':'); colon > 0; colon = namespace.indexOf(':', colon + 1)) {
            prefixes.add(namespace.substring(0, colon));
        }
        prefixes.add(namespace);
        return prefixes;
    }

    /** A legacy prefix that stands within another instance's namespace. */
    private void overlap(Draft owner, String outer, Draft draft, Value.Scalar legacy) {
        if (owner != null && owner != draft) {
            tell(owner, outer + ":*", draft, legacy.text() + ":*", legacy.place());
        }
    }

    /** A legacy prefix that another instance's namespace stands within; equal ones are told by {@link #overlap}. */
    private void covered(Draft owner, String outer, Draft draft, Place place) {
        if (owner != draft && !outer.equals(draft.instance().names().namespace())) {
            tell(owner, outer + ":*", draft, draft.instance().names().keyPattern(), place);
        }
    }

    private void tell(Draft outer, String outerKeys, Draft inner, String innerKeys, Place place) {
        String message = "the keys " + innerKeys + " of instance `" + inner.name() + "` lie within " + outerKeys
                + " of `" + outer.name() + "`";
        if (outer.instance().sharesNamespaceWith().contains(inner.name())) {
            faults.warning(place, message, "`shares_namespace_with` of `" + outer.name() + "` allows it");
        } else {
            faults.error(place, message, "take the prefix out of `legacy_namespaces`, or write "
                    + "`shares_namespace_with: [" + inner.name() + "]` for `" + outer.name() + "`");
        }
    }
}
