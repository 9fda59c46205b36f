package io.provision.naming;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The faults of a schema's or role's name, each with a proposal that has none. */
final class IdentifierFaults {

    private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]*");
    private static final Pattern NOT_IN_IDENTIFIER = Pattern.compile("[^a-z0-9_]");

    /** What a schema may have so that its role, {@code {schema}_adapter}, fits as well. */
    private static final int ROOM_FOR_ROLE = NameRules.LONGEST - "_adapter".length();

    /** A hyphen-less hexadecimal hash, and the underscore before it. */
    private static final int HASH = 9;

    private final String what;
    private final String name;
    private final String journalSchema;
    private final UnaryOperator<String> remedy;

    private IdentifierFaults(String what, String name, String journalSchema, UnaryOperator<String> remedy) {
        this.what = what;
        this.name = name;
        this.journalSchema = journalSchema;
        this.remedy = remedy;
    }

    static List<String> schema(String name, String journalSchema) {
        return new IdentifierFaults("schema", name, journalSchema, said -> "set `schema: " + said + "`").all();
    }

    static List<String> role(String name, String journalSchema) {
        return new IdentifierFaults("role", name, journalSchema, said -> "set `role: " + said + "`").all();
    }

    static List<String> other(String what, String name, String journalSchema) {
        return new IdentifierFaults(what, name, journalSchema, said -> "name it `" + said + "`").all();
    }

    private List<String> all() {
        List<String> faults = new ArrayList<>();
        addFormFaults(faults);
        addTakenFaults(faults);
        return faults;
    }

    private void addFormFaults(List<String> faults) {
        if (!IDENTIFIER.matcher(name).matches()) {
            faults.add(fault("must be lower-case ASCII letters, digits and underscores, and not begin with a digit"));
        }
        if (NameRules.bytes(name) > NameRules.LONGEST) {
            faults.add(fault("has %s bytes, and PostgreSQL cuts what exceeds %s without a word"
                    .formatted(NameRules.bytes(name), NameRules.LONGEST)));
        }
    }

    /** What means something else already. */
    private void addTakenFaults(List<String> faults) {
        if (name.startsWith("pg_")) {
            faults.add(fault("begins with `pg_`, which PostgreSQL keeps for itself"));
        }
        if (name.equals("information_schema")) {
            faults.add(fault("is PostgreSQL's own"));
        }
        if (name.equals(journalSchema)) {
            faults.add(fault("is the journal's own schema"));
        }
        if (name.equals("public")) {
            faults.add(fault(isSchema()
                    ? "is everybody's, and taken only where the manifest says `schema: public` itself"
                    : "stands for all roles in PostgreSQL"));
        }
        if (name.equals("none") && !isSchema()) {
            faults.add(fault("stands for no role in PostgreSQL"));
        }
        if (ReservedWords.contains(name)) {
            faults.add(fault(isSchema()
                    ? "is a reserved key word, and adapters write `FROM " + name + ".…` without quotes"
                    : "is a reserved key word of PostgreSQL"));
        }
    }

    private boolean isSchema() {
        return what.endsWith("schema");
    }

    private String fault(String why) {
        return "%s `%s` %s: %s".formatted(what, name, why, remedy.apply(proposal()));
    }

    private String proposal() {
        String plain = NOT_IN_IDENTIFIER.matcher(Spelling.identifier(name)).replaceAll("_");
        if (plain.isEmpty() || plain.startsWith("pg_")) {
            plain = "svc_" + plain;
        }
        if (Character.isDigit(plain.charAt(0))) {
            plain = "_" + plain;
        }
        if (plain.length() > ROOM_FOR_ROLE) {
            plain = shortened(plain);
        }
        return isTaken(plain) ? plain + "_svc" : plain;
    }

    private boolean isTaken(String plain) {
        return ReservedWords.contains(plain)
                || plain.equals(journalSchema)
                || List.of("information_schema", "public", "none").contains(plain);
    }

    /** Keeps a hash of the whole, so that names alike at the beginning stay apart. */
    private static String shortened(String plain) {
        return plain.substring(0, ROOM_FOR_ROLE - HASH) + "_" + String.format("%08x", plain.hashCode());
    }
}
