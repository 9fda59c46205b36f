package io.provision.postgres.isolation;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that a role, or PUBLIC, can do with what is an instance's.
 *
 * @param grantee the role; {@link io.provision.plan.PostgresResource#PUBLIC} for everybody
 * @param to whose it is; empty where it is everybody's
 * @param schema the schema that it is about
 * @param how what the role did, is or has, as a phrase that follows its name: "owns the schema x"
 * @param remedies the statements that end it
 * @param reading whether it is no more than what a declared reader has
 */
public record Exposure(
        String grantee,
        Optional<Tenant> to,
        String schema,
        String how,
        List<String> remedies,
        boolean reading,
        Door door) {

    /** What it has to do with the way into the schema. */
    public enum Door {
        /** It leads into the schema. */
        OPENS,
        /** It counts only for those who can use the schema by another way: so it is with functions. */
        BEHIND,
        /** It counts whoever can use the schema: sequences are reached by number, tables by views. */
        BESIDE
    }

    public Exposure {
        Objects.requireNonNull(grantee, "grantee");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(how, "how");
        remedies = List.copyOf(remedies);
        Objects.requireNonNull(door, "door");
    }

    static Exposure of(String grantee, Tenant to, String schema, String how, String... remedies) {
        return new Exposure(grantee, Optional.of(to), schema, how, List.of(remedies), false, Door.BESIDE);
    }

    /** Of everything in the database. */
    public static Exposure ofAll(String grantee, String how, String... remedies) {
        return new Exposure(grantee, Optional.empty(), "", how, List.of(remedies), false, Door.BESIDE);
    }
}
