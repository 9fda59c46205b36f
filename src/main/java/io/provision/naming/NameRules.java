package io.provision.naming;

import java.util.List;

/** What names must satisfy, each on its own ({@code naming.md}, "What names must satisfy"). */
public final class NameRules {

    private NameRules() {}

    /** @return sentences that name the fault and propose what to write instead; empty when all is well */
    public static List<String> faultsOfIdentity(Identity identity) {
        throw new UnsupportedOperationException("being built on the naming branch");
    }

    /**
     * @param explicitSchema whether the schema was said by an override: {@code public} is taken only then
     * @param journalSchema a name that no instance may have
     */
    public static List<String> faultsOfNames(Names names, boolean explicitSchema, String journalSchema) {
        throw new UnsupportedOperationException("being built on the naming branch");
    }

    /** Faults of a further schema's, reader's or other role's name, under the same rules as a derived one. */
    public static List<String> faultsOfIdentifier(String what, String identifier, String journalSchema) {
        throw new UnsupportedOperationException("being built on the naming branch");
    }

    public static List<String> faultsOfNamespace(String namespace) {
        throw new UnsupportedOperationException("being built on the naming branch");
    }
}
