package io.provision.postgres;

import io.provision.plan.AclEntry;
import io.provision.plan.Change;
import io.provision.plan.Distribution;
import io.provision.plan.MigrationResource;
import io.provision.plan.ObjectKind;
import io.provision.plan.PostgresResource;
import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.Membership;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.PostgresResource.SearchPath;
import io.provision.plan.Privilege;
import io.provision.plan.RolePassword;
import io.provision.plan.SqlFile;
import io.provision.plan.SqlObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The statements that make a change, in order. The same text is shown, journaled and sent, but for passwords. */
public final class PostgresStatements {

    private final int serverVersion;
    private final Function<String, Optional<String>> verifiers;

    /**
     * @param serverVersion {@code server_version_num}
     * @param verifiers the SCRAM verifier of a role that is made, where it has a password
     */
    private PostgresStatements(int serverVersion, Function<String, Optional<String>> verifiers) {
        this.serverVersion = serverVersion;
        this.verifiers = verifiers;
    }

    /** The statements as they are shown and journaled: without any password. */
    public static PostgresStatements shown(int serverVersion) {
        return new PostgresStatements(serverVersion, role -> Optional.empty());
    }

    /** The statements as they are sent: {@link #send} them, so that no log sees a verifier. */
    public static PostgresStatements sent(int serverVersion, Function<String, Optional<String>> verifiers) {
        return new PostgresStatements(serverVersion, verifiers);
    }

    /** Empty for a file, whose text is run as it is, and for the way back of one. */
    public List<String> of(Change change) {
        PostgresResource resource = (PostgresResource) change.resource();
        if (resource instanceof Role) {
            return role(change);
        }
        if (resource instanceof Membership) {
            return membership(change);
        }
        if (resource instanceof SearchPath) {
            return searchPath(change);
        }
        if (resource instanceof Schema) {
            return schema(change);
        }
        if (resource instanceof SchemaGrant grant) {
            return grants(
                    "SCHEMA " + Sql.identifier(grant.schema()),
                    grant.grantee(),
                    change.before().map(b -> ((SchemaGrant) b).privileges()).orElse(Set.of()),
                    change.after().map(a -> ((SchemaGrant) a).privileges()).orElse(Set.of()));
        }
        if (resource instanceof DefaultPrivileges) {
            return defaultPrivileges(change);
        }
        if (resource instanceof ObjectGrants) {
            return objectGrants(change);
        }
        if (resource instanceof SqlFile) {
            return List.of();
        }
        if (resource instanceof RolePassword password) {
            return List.of(verifiers.apply(password.role())
                    .map(v -> "ALTER ROLE " + Sql.identifier(password.role()) + " PASSWORD " + Sql.literal(v))
                    .orElseGet(() -> "-- ALTER ROLE " + Sql.identifier(password.role()) + " PASSWORD …"));
        }
        if (resource instanceof Distribution distribution) {
            return List.of("SELECT pg_catalog.citus_schema_%s(%s)".formatted(
                    change.after().isPresent() ? "distribute" : "undistribute",
                    Sql.literal(Sql.identifier(distribution.schema()))));
        }
        if (resource instanceof SqlObject object) {
            return change.after().isPresent() ? List.of() : drop(object);
        }
        if (resource instanceof MigrationResource) {
            return MigrationStatements.of(change);
        }
        throw new IllegalArgumentException("no statement for " + resource.id());
    }

    /**
     * Sends what {@link #of} says.
     *
     * @return the server's warnings: a GRANT without the grant option only warns, and does nothing (01006, 01007)
     */
    public List<String> send(Session session, Change change) {
        return send(session, List.of(change));
    }

    /** The same of several, in one round trip. */
    public List<String> send(Session session, List<Change> changes) {
        PostgresStatements shown = shown(serverVersion);
        return session.executeAll(
                changes.stream().flatMap(change -> of(change).stream()).toList(),
                changes.stream().flatMap(change -> shown.of(change).stream()).toList());
    }

    private List<String> role(Change change) {
        if (change.after().isEmpty()) {
            return List.of("DROP ROLE " + Sql.identifier(((Role) change.resource()).name()));
        }
        Role role = (Role) change.after().get();
        String password = verifiers.apply(role.name()).map(v -> " PASSWORD " + Sql.literal(v)).orElse("");
        List<String> statements = new ArrayList<>();
        statements.add("CREATE ROLE " + Sql.identifier(role.name()) + " LOGIN" + password);
        role.comment().ifPresent(comment -> statements.add(
                "COMMENT ON ROLE " + Sql.identifier(role.name()) + " IS " + Sql.literal(comment)));
        return statements;
    }

    /**
     * From 16 on a membership is a row for each who granted it, and what stands is all of them together: the login adds
     * one of its own, and just that one is taken away, whoever does it.
     */
    private List<String> membership(Change change) {
        Membership membership = (Membership) change.resource();
        String role = Sql.identifier(membership.role());
        String member = Sql.identifier(membership.member());
        if (change.after().isEmpty() || takesAway(change)) {
            String own = serverVersion < 160000 ? "" : " GRANTED BY " + member;
            return List.of("REVOKE " + role + " FROM " + member + own);
        }
        String options = serverVersion < 160000
                ? ""
                : " WITH INHERIT %s, SET %s".formatted(upper(membership.inherit()), upper(membership.set()));
        return List.of("GRANT " + role + " TO " + member + options);
    }

    private static boolean takesAway(Change change) {
        return change.before()
                .map(Membership.class::cast)
                .filter(before -> before.inherit() || before.set())
                .flatMap(before -> change.after().map(Membership.class::cast))
                .filter(after -> !after.inherit() || !after.set())
                .isPresent();
    }

    private static String upper(boolean value) {
        return value ? "TRUE" : "FALSE";
    }

    private static List<String> searchPath(Change change) {
        SearchPath any = (SearchPath) change.resource();
        String whose = "ALTER ROLE " + Sql.identifier(any.role())
                + " IN DATABASE " + Sql.identifier(any.database()) + " ";
        return List.of(change.after()
                .map(a -> whose + "SET search_path = " + Sql.identifiers(((SearchPath) a).path()))
                .orElse(whose + "RESET search_path"));
    }

    private static List<String> schema(Change change) {
        Schema any = (Schema) change.resource();
        String name = Sql.identifier(any.name());
        if (change.after().isEmpty()) {
            return List.of("DROP SCHEMA " + name);
        }
        if (change.before().isPresent()) {
            return schemaOwner(name, any);
        }
        List<String> statements = new ArrayList<>();
        statements.add("CREATE SCHEMA " + name + " AUTHORIZATION " + Sql.identifier(any.owner()));
        any.comment().ifPresent(comment ->
                statements.add("COMMENT ON SCHEMA " + name + " IS " + Sql.literal(comment)));
        return statements;
    }

    /** The identity comes quoted from the catalogs, as SQL takes it: {@code trigger on table} for a part of a table. */
    private static List<String> drop(SqlObject object) {
        String identity = object.identity();
        if (object.catalogType().equals("table constraint")) {
            return List.of("ALTER TABLE %s DROP CONSTRAINT %s"
                    .formatted(object.table().orElseThrow(), object.name()));
        }
        String word = object.catalogType().equals("statistics object") ? "STATISTICS" : upper(object.catalogType());
        String drop = "DROP %s %s".formatted(word, identity);
        return object.onlyEmpty() ? List.of(EmptyTable.guard(identity), drop) : List.of(drop);
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    /** What owner and next owner held was folded into one when the owner changed, and is told apart again. */
    private static List<String> schemaOwner(String name, Schema schema) {
        List<String> statements = new ArrayList<>();
        statements.add("ALTER SCHEMA " + name + " OWNER TO " + Sql.identifier(schema.owner()));
        for (AclEntry entry : schema.regrants()) {
            boolean owner = entry.grantee().equals(schema.owner());
            if (owner && !entry.grantable()) {
                statements.add("REVOKE GRANT OPTION FOR %s ON SCHEMA %s FROM %s"
                        .formatted(entry.privilege(), name, Sql.identifier(entry.grantee())));
            } else if (!owner) {
                statements.add("GRANT %s ON SCHEMA %s TO %s%s".formatted(
                        entry.privilege(),
                        name,
                        Sql.identifier(entry.grantee()),
                        entry.grantable() ? " WITH GRANT OPTION" : ""));
            }
        }
        return statements;
    }

    private static List<String> defaultPrivileges(Change change) {
        DefaultPrivileges any = (DefaultPrivileges) change.resource();
        String whose = "ALTER DEFAULT PRIVILEGES FOR ROLE " + Sql.identifier(any.creator())
                + " IN SCHEMA " + Sql.identifier(any.schema()) + " ";
        List<String> statements = grants(
                any.objects().plural(),
                any.grantee(),
                change.before().map(b -> ((DefaultPrivileges) b).privileges()).orElse(Set.of()),
                change.after().map(a -> ((DefaultPrivileges) a).privileges()).orElse(Set.of()));
        statements.replaceAll(whose::concat);
        return statements;
    }

    /** Objects that lack the same are granted together: one statement reads its objects only, not all of pg_class. */
    private static List<String> objectGrants(Change change) {
        ObjectGrants any = (ObjectGrants) change.resource();
        boolean granted = change.after().isEmpty();
        Map<Set<Privilege>, List<String>> byPrivileges = new LinkedHashMap<>();
        any.lacking().forEach((object, privileges) ->
                byPrivileges.computeIfAbsent(privileges, p -> new ArrayList<>()).add(object));
        return byPrivileges.entrySet().stream()
                .flatMap(entry -> grants(
                        keyword(any.objects()) + " " + objects(any, entry.getValue()),
                        any.grantee(),
                        granted ? Set.of() : entry.getKey(),
                        granted ? entry.getKey() : Set.of())
                        .stream())
                .toList();
    }

    private static String keyword(ObjectKind kind) {
        return kind == ObjectKind.FUNCTION ? "ROUTINE" : kind.name();
    }

    private static String objects(ObjectGrants grants, Collection<String> names) {
        return names.stream()
                // A function's identity comes quoted from the catalog, with its arguments.
                .map(name -> grants.objects() == ObjectKind.FUNCTION
                        ? Sql.identifier(grants.schema()) + "." + name
                        : Sql.qualified(grants.schema(), name))
                .collect(Collectors.joining(", "));
    }

    private static List<String> grants(
            String object, String grantee, Set<Privilege> before, Set<Privilege> after) {
        String who = Sql.grantee(grantee);
        List<String> statements = new ArrayList<>();
        Set<Privilege> taken = Privilege.minus(before, after);
        if (!taken.isEmpty()) {
            statements.add("REVOKE " + Privilege.list(taken) + " ON " + object + " FROM " + who);
        }
        Set<Privilege> given = Privilege.minus(after, before);
        if (!given.isEmpty()) {
            statements.add("GRANT " + Privilege.list(given) + " ON " + object + " TO " + who);
        }
        return statements;
    }
}
