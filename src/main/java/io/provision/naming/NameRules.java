package io.provision.naming;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What names must satisfy, each on its own ({@code naming.md}, "What names must satisfy"). */
public final class NameRules {

    /** In bytes: PostgreSQL cuts what is longer, and says nothing. */
    static final int LONGEST = 63;

    /** In bytes. Redis would take far more; a longer prefix on every key is a mistake. */
    static final int LONGEST_NAMESPACE = 255;

    // Possessive: otherwise Java calls itself for each segment, and a name of ten thousand is too deep.
    private static final Pattern INSTANCE_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*+(?:-[A-Za-z0-9_]++)*+");
    private static final Pattern SERVICE_NAME = Pattern.compile("[a-z][a-z0-9_]*+(?:-[a-z0-9_]++)*+");
    private static final Pattern REDIS_USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:@-]*");
    // A quotation mark that CONFIG REWRITE writes down keeps the server from starting again.
    private static final Pattern FORBIDDEN_IN_NAMESPACE = Pattern.compile("[*?\\[\\]^\\\\{}'\"\\s\\p{Z}\\p{Cc}]");
    private static final Pattern EVENTS = Pattern.compile("__key(?:space|event)@\\d+__");

    private NameRules() {}

    /** @return sentences that name the fault and propose what to write instead; empty when all is well */
    public static List<String> faultsOfIdentity(Identity identity) {
        List<String> faults = new ArrayList<>();
        if (!SERVICE_NAME.matcher(identity.service()).matches()) {
            faults.add(("service name `%s` must be lower-case letters, digits and underscores, in segments joined by"
                    + " single hyphens, and begin with a letter: rename the service").formatted(identity.service()));
        }
        addIfTooLong("service name", identity.service(), "rename the service", faults);
        if (!identity.singleton()) {
            addInstanceFaults("instance name", identity.instance(), "rename the instance", faults);
        }
        return List.copyOf(faults);
    }

    /** Faults of a manifest's {@code stem:}, which must be what an instance's name can begin with. */
    static List<String> faultsOfStem(String stem) {
        List<String> faults = new ArrayList<>();
        addInstanceFaults("stem", stem, "set another `stem:`", faults);
        return List.copyOf(faults);
    }

    /**
     * @param explicitSchema whether the schema was said by an override: {@code public} is taken only then
     * @param journalSchema a name that no instance may have
     */
    public static List<String> faultsOfNames(Names names, boolean explicitSchema, String journalSchema) {
        List<String> faults = new ArrayList<>();
        if (!(explicitSchema && names.schema().equals(Names.PUBLIC_SCHEMA))) {
            faults.addAll(IdentifierFaults.schema(names.schema(), journalSchema));
        }
        faults.addAll(IdentifierFaults.role(names.role(), journalSchema));
        faults.addAll(faultsOfRedisUser(names.redisUser()));
        faults.addAll(faultsOfNamespace(names.namespace()));
        return List.copyOf(faults);
    }

    /**
     * Faults of a further schema's, reader's or other role's name, under the same rules as a derived one.
     *
     * @param what what it is, for the sentence: {@code legacy schema}, {@code reader}; all but schemas are roles
     */
    public static List<String> faultsOfIdentifier(String what, String identifier, String journalSchema) {
        return IdentifierFaults.other(what, identifier, journalSchema);
    }

    public static List<String> faultsOfNamespace(String namespace) {
        List<String> faults = new ArrayList<>();
        if (namespace.isEmpty()) {
            faults.add("the namespace is empty, and would own every key that begins with a colon: set `namespace:`");
        }
        if (FORBIDDEN_IN_NAMESPACE.matcher(namespace).find()) {
            faults.add(("namespace `%s` has a glob character (`* ? [ ] ^ \\`), a brace, a quotation mark or white"
                    + " space, which mean something else to Redis: %s").formatted(namespace, remedy(namespace)));
        }
        if (firstSegment(namespace).equals("services")) {
            faults.add("namespace `%s` lies in `services`, which belongs to discovery: %s"
                    .formatted(namespace, remedy(namespace)));
        }
        if (EVENTS.matcher(firstSegment(namespace)).matches()) {
            faults.add("namespace `%s` lies where the server publishes what happens to everybody's keys: %s"
                    .formatted(namespace, remedy(namespace)));
        }
        int bytes = bytes(namespace);
        if (bytes > LONGEST_NAMESPACE) {
            faults.add("namespace `%s` has %s bytes, more than %s: set a shorter `namespace:`"
                    .formatted(namespace, bytes, LONGEST_NAMESPACE));
        }
        return List.copyOf(faults);
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static List<String> faultsOfRedisUser(String user) {
        List<String> faults = new ArrayList<>();
        if (!REDIS_USER.matcher(user).matches()) {
            faults.add(("Redis user `%s` must be ASCII letters, digits and `_ . : @ -`, and begin with a letter, digit"
                    + " or underscore: set another `redis_user:`").formatted(user));
        }
        if (user.equals("default")) {
            faults.add("Redis user `default` is who everybody is before logging in: set `redis_user: default-adapter`");
        }
        return faults;
    }

    private static void addInstanceFaults(String what, String name, String remedy, List<String> faults) {
        if (!INSTANCE_NAME.matcher(name).matches()) {
            faults.add(("%s `%s` must be ASCII letters, digits and underscores, in segments joined by single hyphens,"
                    + " and begin with a letter: %s").formatted(what, name, remedy));
        }
        addIfTooLong(what, name, remedy, faults);
    }

    private static void addIfTooLong(String what, String name, String remedy, List<String> faults) {
        if (bytes(name) > LONGEST) {
            faults.add("%s `%s` has %s bytes, more than %s: %s".formatted(what, name, bytes(name), LONGEST, remedy));
        }
    }

    private static String firstSegment(String namespace) {
        int colon = namespace.indexOf(':');
        return colon < 0 ? namespace : namespace.substring(0, colon);
    }

    private static String remedy(String namespace) {
        return "set `namespace: " + proposedNamespace(namespace) + "`";
    }

    private static String proposedNamespace(String namespace) {
        String plain = FORBIDDEN_IN_NAMESPACE.matcher(namespace).replaceAll("_");
        String first = firstSegment(plain);
        if (EVENTS.matcher(first).matches()) {
            return plain.replaceFirst("@", "_");
        }
        return first.equals("services") ? "services_svc" + plain.substring(first.length()) : plain;
    }
}
