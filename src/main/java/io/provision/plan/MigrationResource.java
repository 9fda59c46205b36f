package io.provision.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a migration out of {@code public} changes ({@code postgres.md}, "Migration out of public"). */
public sealed interface MigrationResource extends PostgresResource {

    /**
     * Where an object stands that moves with {@code ALTER … SET SCHEMA}.
     *
     * @param name inside its schema, unquoted; of a function with its argument types, as
     *     {@code pg_get_function_identity_arguments} gives them and as SQL takes it
     * @param from the schema that it comes from
     * @param to the schema that it goes to
     * @param schema where it stands: one of the two
     * @param owner its owner; desired, who is to own it
     * @param regrants what the next owner was granted on it, as older journals have it: the way back grants it
     *     again, and takes nothing away
     * @param folded what the way back has to tell apart again; empty where the owner stays, and in older journals
     * @param identity which object it is; empty of what nothing is lost with (functions, statistics), and in journals
     *     of before
     */
    record Placement(
            Movable type,
            String name,
            String from,
            String to,
            String schema,
            String owner,
            List<AclEntry> regrants,
            List<FoldedAcl> folded,
            Optional<CatalogIdentity> identity)
            implements MigrationResource {

        public Placement {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(schema, "schema");
            Objects.requireNonNull(owner, "owner");
            regrants = regrants.stream().sorted().toList();
            folded = folded.stream().sorted().toList();
            Objects.requireNonNull(identity, "identity");
        }

        /** With an owner who stays. */
        public Placement(
                Movable type,
                String name,
                String from,
                String to,
                String schema,
                String owner,
                List<AclEntry> regrants) {
            this(type, name, from, to, schema, owner, regrants, List.of(), Optional.empty());
        }

        /** As it is to be. */
        public static Placement moved(Movable type, String name, String from, String to, String owner) {
            return new Placement(type, name, from, to, to, owner, List.of());
        }

        /** Of the object that was found. */
        public Placement of(Optional<CatalogIdentity> found) {
            return new Placement(type, name, from, to, schema, owner, regrants, folded, found);
        }

        /** With what the way back has to tell apart again. */
        public Placement folding(List<FoldedAcl> acls) {
            return new Placement(type, name, from, to, schema, owner, regrants, acls, identity);
        }

        /** An object of that name, standing there, whichever one it is. */
        public Placement standingIn(String place) {
            return new Placement(type, name, from, to, place, owner, List.of());
        }

        /**
         * As the move in the other direction tells of it: the journal names an object by the direction that it moved
         * in, a look at the way back by the one that it moves in now.
         */
        public Placement turned() {
            return new Placement(type, name, to, from, schema, owner, regrants);
        }

        /** Whether the other one is known to be another object, of the same name. */
        public boolean differsFrom(Placement other) {
            return identity.isPresent()
                    && other.identity.filter(identity.get()::differsFrom).isPresent();
        }

        @Override
        public ResourceKind kind() {
            return ResourceKind.MOVE;
        }

        @Override
        public String target() {
            return "%s %s.%s to %s".formatted(type.word(), from, name, to);
        }

        /** What is gone already is not made. */
        @Override
        public Optional<Resource> over(Optional<Resource> live) {
            return live.map(found -> of(((Placement) found).identity()));
        }
    }

    /**
     * USAGE on the schema that a table moves to, for a role that can do something with the table, or owns it and so
     * runs the checks of its foreign keys.
     */
    record SchemaAccess(String schema, String grantee) implements MigrationResource {

        public SchemaAccess {
            Objects.requireNonNull(schema, "schema");
            Objects.requireNonNull(grantee, "grantee");
        }

        @Override
        public ResourceKind kind() {
            return ResourceKind.SCHEMA_ACCESS;
        }

        @Override
        public String target() {
            return schema + " to " + grantee;
        }

        @Override
        public Optional<Resource> over(Optional<Resource> live) {
            return Optional.of(this);
        }
    }

    /**
     * USAGE on a sequence that stays where it is, for the role of an instance whose tables go on using it.
     *
     * @param schema where it stands
     */
    record SequenceUsage(String schema, String sequence, String grantee) implements MigrationResource {

        public SequenceUsage {
            Objects.requireNonNull(schema, "schema");
            Objects.requireNonNull(sequence, "sequence");
            Objects.requireNonNull(grantee, "grantee");
        }

        @Override
        public ResourceKind kind() {
            return ResourceKind.SEQUENCE_USAGE;
        }

        @Override
        public String target() {
            return "%s.%s to %s".formatted(schema, sequence, grantee);
        }

        @Override
        public Optional<Resource> over(Optional<Resource> live) {
            return Optional.of(this);
        }
    }

    /**
     * An updatable view that stands where a table stood, for those who still say {@code public.x}.
     *
     * @param schema where the view stands
     * @param tableSchema where the table, of the same name, has gone; empty where the view shows something else
     * @param comment the mark of the tool
     * @param acl what others may do with the table, and so with the view
     */
    record CompatView(String name, String schema, String tableSchema, Optional<String> comment, List<AclEntry> acl)
            implements MigrationResource {

        public CompatView {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(schema, "schema");
            Objects.requireNonNull(tableSchema, "tableSchema");
            Objects.requireNonNull(comment, "comment");
            acl = acl.stream().sorted().toList();
        }

        CompatView marked(Mark mark) {
            return new CompatView(name, schema, tableSchema, Optional.of(mark.text()), acl);
        }

        @Override
        public ResourceKind kind() {
            return ResourceKind.COMPAT_VIEW;
        }

        @Override
        public String target() {
            return schema + "." + name;
        }

        @Override
        public Optional<Resource> over(Optional<Resource> live) {
            return Optional.of(live.orElse(this));
        }
    }
}
