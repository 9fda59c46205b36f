package io.provision.manifest;

import io.provision.naming.NameRules;
import io.provision.naming.Names;
import io.provision.problem.Suggestion;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold of an instance's settings, each instance on its own. */
final class InstanceChecks {

    private final String journalSchema;
    private final Collection<String> listed;
    private final Faults faults;
    private final Set<Value.Scalar> judged = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param listed all instances of the manifest, those too that could not be read */
    InstanceChecks(String journalSchema, Collection<String> listed, Faults faults) {
        this.journalSchema = journalSchema;
        this.listed = listed;
        this.faults = faults;
    }

    void check(Draft draft) {
        identifiers(draft);
        publicSchema(draft);
        sharing(draft);
        draft.instance().adapter().environmentPrefix().ifPresent(prefix -> prefixedVariables(draft, prefix));
    }

    private void prefixedVariables(Draft draft, String prefix) {
        Map<String, Value.Entry> said = draft.settings().below("environment").entries();
        for (String own : InstanceKeys.OWN_VARIABLES_OF_ADAPTER) {
            Optional.ofNullable(said.get(prefix + own)).ifPresent(entry -> faults.error(entry.place(),
                    "`" + prefix + own + "` in `environment` is set by the tool itself", Structure.OWN_REMEDY));
        }
    }

    private void identifiers(Draft draft) {
        Settings settings = draft.settings();
        Set<String> schemas = new HashSet<>(Set.of(draft.instance().names().schema()));
        for (Value.Scalar legacy : settings.list("legacy_schemas")) {
            if (legacy.text().equals(Names.PUBLIC_SCHEMA)) {
                faults.error(legacy.place(), "public cannot be a legacy schema: it is in every search path already, "
                        + "and the tool owns it for nobody", "take it away");
                continue;
            }
            NameRules.faultsOfIdentifier("legacy schema", legacy.text(), journalSchema)
                    .forEach(fault -> faults.error(legacy.place(), legacy.hide(fault)));
            if (!schemas.add(legacy.text())) {
                faults.error(legacy.place(), "instance `" + draft.name() + "` has the schema `"
                        + legacy.written() + "` twice", "take it out of `legacy_schemas`");
            }
        }
        for (Value.Scalar legacy : settings.list("legacy_namespaces")) {
            NameRules.faultsOfNamespace(legacy.text())
                    .forEach(fault -> faults.error(legacy.place(), legacy.hide(fault)));
        }
        settings.list("readers").forEach(this::reader);
        settings.below("readers").entries()
                .forEach((name, entry) -> reader(new Value.Scalar(name, name, entry.place())));
    }

    /** Most instances have theirs from their service or the defaults: such a one is judged once. */
    private void reader(Value.Scalar reader) {
        if (!judged.add(reader)) {
            return;
        }
        NameRules.faultsOfIdentifier("reader", reader.text(), "")
                .forEach(fault -> faults.error(reader.place(), reader.hide(fault)));
    }

    /** {@code naming.md}: the schema public is never moved into. */
    private void publicSchema(Draft draft) {
        List<String> tables = draft.instance().migrate().tables();
        if (draft.instance().names().schema().equals(Names.PUBLIC_SCHEMA) && !tables.isEmpty()) {
            faults.error(draft.settings().below("migrate").place("tables"), "instance `" + draft.name()
                    + "` keeps its data in the schema public, and nothing moves from there into it",
                    "take `migrate.tables` away, or give the instance a schema of its own");
        }
    }

    private void sharing(Draft draft) {
        for (Value.Scalar other : draft.settings().list("shares_namespace_with")) {
            if (other.text().equals(draft.name())) {
                faults.error(other.place(), "instance `" + draft.name() + "` shares its namespace with itself",
                        "take it away");
            } else if (!listed.contains(other.text())) {
                faults.error(other.place(), "`shares_namespace_with` of `" + draft.name() + "` names `"
                        + other.written() + "`, which `instances` does not list",
                        Suggestion.remedy(other.text(), listed));
            }
        }
    }
}
