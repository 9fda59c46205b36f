package io.provision.plan;

import io.provision.manifest.Instance;
import io.provision.manifest.Reader;
import io.provision.naming.Names;
import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.Membership;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.PostgresResource.SearchPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the instances should have in PostgreSQL ({@code postgres.md}, "What an instance gets"). */
final class DesiredPostgres {

    private static final Set<Privilege> SELECT = Set.of(Privilege.SELECT);
    private static final List<ObjectKind> READ = List.of(ObjectKind.TABLE, ObjectKind.SEQUENCE);
    private static final Set<Privilege> USAGE = Set.of(Privilege.USAGE);

    private final DesiredState desired;
    private final Login login;
    private final Map<Path, List<SqlScript>> scripts;
    private final boolean distribute;

    /** @param distribute whether the schemas are to be distributed */
    DesiredPostgres(DesiredState desired, Login login, Map<Path, List<SqlScript>> scripts, boolean distribute) {
        this.desired = desired;
        this.login = login;
        this.scripts = scripts;
        this.distribute = distribute;
    }

    void add(Collection<Instance> instances) {
        DesiredState.byRole(instances).forEach(this::addRole);
        for (Instance instance : instances) {
            addReaderRoles(instance);
            schemasOf(instance).forEach(schema -> addSchema(instance, schema));
        }
    }

    private void addRole(String role, List<Instance> instances) {
        String instance = instances.size() == 1 ? instances.get(0).name() : Change.SHARED;
        desired.add(instance, new Role(role, Optional.empty()));
        if (!login.superuser() && !login.name().equals(role)) {
            desired.add(instance, new Membership(role, login.name(), true, true));
        }
        Set<String> path = new LinkedHashSet<>();
        instances.forEach(i -> path.addAll(schemasOf(i)));
        path.remove(Names.PUBLIC_SCHEMA);
        path.add(Names.PUBLIC_SCHEMA);
        List<String> schemas = List.copyOf(path);
        desired.add(instance, new SearchPath(role, login.database(), schemas, String.join(", ", schemas)));
    }

    private void addReaderRoles(Instance instance) {
        for (Reader reader : instance.readers()) {
            desired.add(Change.SHARED, new Role(reader.role(), Optional.empty()));
        }
    }

    private void addSchema(Instance instance, String schema) {
        if (schema.equals(Names.PUBLIC_SCHEMA)) {
            instance.readers().forEach(reader -> addReaderOfNewObjects(instance, schema, reader.role()));
        } else {
            addOwnSchema(instance, schema);
        }
        instance.sql().ifPresent(folder -> scripts.getOrDefault(folder, List.of()).forEach(script ->
                desired.add(instance.name(), new SqlFile(schema, script.name(), script.checksum()))));
    }

    private void addOwnSchema(Instance instance, String schema) {
        String role = instance.names().role();
        boolean ownedByAdmin = instance.owner() == Instance.Owner.ADMIN;
        String owner = ownedByAdmin ? login.name() : role;
        desired.add(instance.name(), new Schema(schema, owner, ownedByAdmin, Optional.empty()));
        desired.add(instance.name(), new SchemaGrant(schema, PostgresResource.PUBLIC, Set.of()));
        if (distribute) {
            desired.add(instance.name(), new Distribution(schema));
        }
        if (ownedByAdmin) {
            desired.add(instance.name(), new SchemaGrant(schema, role, Set.of(Privilege.USAGE, Privilege.CREATE)));
            for (ObjectKind kind : ObjectKind.values()) {
                addDefaultPrivileges(instance, schema, login.name(), kind, role, kind.all());
            }
            addObjectGrants(instance, schema, ObjectKind.FUNCTION, role, ObjectKind.FUNCTION.all());
        }
        addObjectGrants(instance, schema, ObjectKind.TABLE, role, ObjectKind.TABLE.all());
        addObjectGrants(instance, schema, ObjectKind.SEQUENCE, role, ObjectKind.SEQUENCE.all());
        // A role that reads its own schema can do so already, and more.
        for (Reader reader : instance.readers()) {
            if (!reader.role().equals(role)) {
                addReader(instance, schema, reader.role());
            }
        }
    }

    private void addReader(Instance instance, String schema, String reader) {
        desired.add(instance.name(), new SchemaGrant(schema, reader, USAGE));
        for (ObjectKind kind : READ) {
            addObjectGrants(instance, schema, kind, reader, SELECT);
            for (String creator : creatorsIn(instance)) {
                addDefaultPrivileges(instance, schema, creator, kind, reader, SELECT);
            }
        }
    }

    /** In public only what the role makes is the instance's: the rest is not touched. */
    private void addReaderOfNewObjects(Instance instance, String schema, String reader) {
        for (ObjectKind kind : READ) {
            addDefaultPrivileges(instance, schema, instance.names().role(), kind, reader, SELECT);
        }
    }

    private void addObjectGrants(
            Instance instance, String schema, ObjectKind kind, String grantee, Set<Privilege> privileges) {
        desired.add(instance.name(), new ObjectGrants(schema, kind, grantee, privileges, Map.of()));
    }

    private void addDefaultPrivileges(
            Instance instance,
            String schema,
            String creator,
            ObjectKind kind,
            String grantee,
            Set<Privilege> privileges) {
        desired.add(instance.name(), new DefaultPrivileges(schema, creator, kind, grantee, privileges));
    }

    /** The two that make things in an instance's schema: its own role and the admin. */
    private Set<String> creatorsIn(Instance instance) {
        return new LinkedHashSet<>(List.of(instance.names().role(), login.name()));
    }

    private static List<String> schemasOf(Instance instance) {
        List<String> schemas = new ArrayList<>();
        schemas.add(instance.names().schema());
        schemas.addAll(instance.legacySchemas());
        return schemas;
    }
}
