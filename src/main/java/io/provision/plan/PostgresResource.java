package io.provision.plan;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an instance has in PostgreSQL ({@code postgres.md}, "What an instance gets"). */
public sealed interface PostgresResource extends Resource
        permits PostgresResource.Role,
                PostgresResource.Membership,
                PostgresResource.SearchPath,
                PostgresResource.Schema,
                PostgresResource.SchemaGrant,
                PostgresResource.DefaultPrivileges,
                PostgresResource.ObjectGrants,
                MigrationResource,
                Distribution,
                RolePassword,
                SqlFile,
                SqlObject {

    /** The grantee that stands for every role. Not a possible role name: PostgreSQL reserves it. */
    String PUBLIC = "public";

    /**
     * A login role. One that stands already is adopted: its password, attributes and comment are left alone.
     *
     * @param comment the mark of the tool where the tool made it; whatever stands there otherwise
     */
    record Role(String name, Optional<String> comment) implements PostgresResource {

        public Role {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(comment, "comment");
        }

        @Override
        public ResourceKind kind() {
            return ResourceKind.ROLE;
        }

        @Override
        public String target() {
            return name;
        }

        @Override
        public Optional<Resource> over(Optional<Resource> live) {
            return Optional.of(live.orElse(this));
        }
    }

    /**
     * The provisioning login's membership in a role, without which it may not act for it: PostgreSQL 16 and later give
     * a CREATEROLE login that makes a role only ADMIN on it ({@code postgres.md}, "Facts seen on servers").
     *
     * @param inherit whether the member has the role's privileges; always true before PostgreSQL 16
     * @param set whether the member may SET ROLE to it; always true before PostgreSQL 16
     */
    record Membership(String role, String member, boolean inherit, boolean set) implements PostgresResource {

        public Membership {
            Objects.requireNonNull(role, "role");
            Objects.requireNonNull(member, "member");
        }

        @Override
        public ResourceKind kind() {
            return ResourceKind.MEMBERSHIP;
        }

        @Override
        public String target() {
            return member + " in " + role;
        }

        @Override
        public Optional<Resource> over(Optional<Resource> live) {
            return live.map(Membership.class::cast)
                    .<Resource>map(m -> new Membership(role, member, inherit || m.inherit, set || m.set))
                    .or(() -> Optional.of(this));
        }
    }

    /**
     * A role's search path in one database.
     *
     * @param path the schemas, unquoted, in order
     * @param setting the text as the catalog holds it, for the way back; says the same as {@code path}
     */
    record SearchPath(String role, String database, List<String> path, String setting) implements PostgresResource {

        public SearchPath {
            Objects.requireNonNull(role, "role");
            Objects.requireNonNull(database, "database");
            path = List.copyOf(path);
            Objects.requireNonNull(setting, "setting");
        }

        @Override
        public ResourceKind kind() {
            return ResourceKind.SEARCH_PATH;
        }

        @Override
        public String target() {
            return role + " in " + database;
        }

        @Override
        public Optional<Resource> over(Optional<Resource> live) {
            return live.filter(l -> ((SearchPath) l).path.equals(path)).or(() -> Optional.of(this));
        }
    }

    /**
     * A schema.
     *
     * @param owner its owner
     * @param ownerStays whether another hand's owner is kept: so it is where the login that runs the tool owns the
     *     schemas, and there is more than one such login
     * @param comment the mark of the tool where the tool made it; whatever stands there otherwise
     * @param regrants what owner and next owner hold of it, where the next owner holds something: a change of owner
     *     folds the two into one, and the way back has to tell them apart again. Older journals do not have it.
     */
    record Schema(
            String name, String owner, boolean ownerStays, Optional<String> comment, List<AclEntry> regrants)
            implements PostgresResource {

        public Schema {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(comment, "comment");
            regrants = regrants.isEmpty() ? List.of() : regrants.stream().sorted().toList();
        }

        public Schema(String name, String owner, boolean ownerStays, Optional<String> comment) {
            this(name, owner, ownerStays, comment, List.of());
        }

        @Override
        public ResourceKind kind() {
            return ResourceKind.SCHEMA;
        }

        @Override
        public String target() {
            return name;
        }

        @Override
        public Optional<Resource> over(Optional<Resource> live) {
            return live.map(Schema.class::cast)
                    .<Resource>map(l -> ownerStays || l.owner.equals(owner)
                            ? l
                            : new Schema(name, owner, l.ownerStays, l.comment))
                    .or(() -> Optional.of(this));
        }
    }

    /**
     * What one grantee may do with a schema. For {@link #PUBLIC} it is exact, for everybody else the least.
     *
     * @param privileges none is the same as no resource
     */
    record SchemaGrant(String schema, String grantee, Set<Privilege> privileges) implements PostgresResource {

        public SchemaGrant {
            Objects.requireNonNull(schema, "schema");
            Objects.requireNonNull(grantee, "grantee");
            privileges = Privilege.setOf(privileges);
        }

        @Override
        public ResourceKind kind() {
            return ResourceKind.SCHEMA_GRANT;
        }

        @Override
        public String target() {
            return schema + " to " + grantee;
        }

        @Override
        public Optional<Resource> over(Optional<Resource> live) {
            Set<Privilege> held = live.map(l -> ((SchemaGrant) l).privileges).orElse(Set.of());
            Set<Privilege> wanted = grantee.equals(PUBLIC) ? privileges : Privilege.plus(privileges, held);
            return wanted.isEmpty() ? Optional.empty() : Optional.of(new SchemaGrant(schema, grantee, wanted));
        }
    }

    /**
     * What a grantee gets on the objects that one role makes in a schema from now on. Default privileges bind to the
     * creating role (manual, ALTER DEFAULT PRIVILEGES).
     *
     * @param creator the role whose new objects it is about
     */
    record DefaultPrivileges(
            String schema, String creator, ObjectKind objects, String grantee, Set<Privilege> privileges)
            implements PostgresResource {

        public DefaultPrivileges {
            Objects.requireNonNull(schema, "schema");
            Objects.requireNonNull(creator, "creator");
            Objects.requireNonNull(objects, "objects");
            Objects.requireNonNull(grantee, "grantee");
            privileges = Privilege.setOf(privileges);
        }

        @Override
        public ResourceKind kind() {
            return ResourceKind.DEFAULT_PRIVILEGES;
        }

        @Override
        public String target() {
            return objects.words() + " by " + creator + " in " + schema + " to " + grantee;
        }

        @Override
        public Optional<Resource> over(Optional<Resource> live) {
            if (live.isEmpty()) {
                return Optional.of(this);
            }
            Set<Privilege> held = ((DefaultPrivileges) live.get()).privileges;
            return Optional.of(
                    new DefaultPrivileges(schema, creator, objects, grantee, Privilege.plus(privileges, held)));
        }
    }

    /**
     * What a grantee lacks of its privileges on the objects that stand in a schema. Desired, it lacks nothing.
     *
     * @param privileges what it is to have on each
     * @param lacking privileges by object; objects by their identity inside the schema, unquoted for tables and
     *     sequences, as {@code pg_get_function_identity_arguments} gives it for functions; none is the same as no
     *     resource
     */
    record ObjectGrants(
            String schema,
            ObjectKind objects,
            String grantee,
            Set<Privilege> privileges,
            Map<String, Set<Privilege>> lacking)
            implements PostgresResource {

        public ObjectGrants {
            Objects.requireNonNull(schema, "schema");
            Objects.requireNonNull(objects, "objects");
            Objects.requireNonNull(grantee, "grantee");
            privileges = Privilege.setOf(privileges);
            lacking = lacking.isEmpty() ? Map.of() : ordered(lacking);
        }

        private static Map<String, Set<Privilege>> ordered(Map<String, Set<Privilege>> lacking) {
            SortedMap<String, Set<Privilege>> ordered = new TreeMap<>(lacking);
            ordered.replaceAll((object, missing) -> Privilege.setOf(missing));
            return Collections.unmodifiableSortedMap(ordered);
        }

        /** The same with others that it lacks. */
        public ObjectGrants lacking(Map<String, Set<Privilege>> others) {
            return new ObjectGrants(schema, objects, grantee, privileges, others);
        }

        @Override
        public ResourceKind kind() {
            return ResourceKind.OBJECT_GRANTS;
        }

        @Override
        public String target() {
            return objects.words() + " in " + schema + " to " + grantee;
        }

        @Override
        public Optional<Resource> over(Optional<Resource> live) {
            return Optional.empty();
        }
    }
}
