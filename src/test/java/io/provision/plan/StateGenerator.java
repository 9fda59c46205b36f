package io.provision.plan;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.naming.Names;
import io.provision.plan.MigrationResource.CompatView;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.MigrationResource.SchemaAccess;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.VolumeResource.Folder;
import io.provision.plan.acl.AclNode;
import io.provision.plan.acl.CommandCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes manifests up, and live states that have something in common with what these want. */
final class StateGenerator {

    private static final Login SUPERUSER = new Login("postgres", true, "trading");
    private static final Login CREATEROLE = new Login("provisioner", false, "trading");

    private static final CommandCatalog COMMANDS =
            new CommandCatalog(Map.of("string", Set.of("get", "set"), "dangerous", Set.of("keys")));

    /** A server of 7.0 and a replica that is still older. */
    static final List<AclNode> NODES =
            List.of(new AclNode(AclNode.NAMED, COMMANDS, true), new AclNode("replica:6379", COMMANDS, false));

    private static final List<String> SQL_FILES =
            List.of("V1__tables.sql", "V1.1__keys.sql", "V2__indexes.sql", "V10__health.sql", "R__views.sql");

    private final Random random;
    private final LiveResources liveResources;

    private StateGenerator(long seed) {
        random = new Random(seed);
        liveResources = new LiveResources(random);
    }

    /**
     * One case of a law.
     *
     * @param live what stands, some of it unconcerned by what is desired
     */
    record Case(
            long seed,
            Manifest manifest,
            Login login,
            Map<Path, List<SqlScript>> scripts,
            Desired desired,
            Live live,
            Plan plan) {

        private static Case of(
                long seed,
                Manifest manifest,
                Login login,
                Map<Path, List<SqlScript>> scripts,
                Desired desired,
                Live live) {
            return new Case(seed, manifest, login, scripts, desired, live, Planner.plan(live, desired));
        }

        State applied() {
            return Applied.to(live.state(), plan.changes());
        }
    }

    static Case generate(long seed) {
        return new StateGenerator(seed).generateCase(seed);
    }

    /** The same case, put together in another order. */
    static Case shuffled(Case original) {
        Random order = new Random(original.seed());
        List<Instance> instances = new ArrayList<>(original.manifest().instances());
        instances.replaceAll(instance -> shuffled(instance, order));
        Collections.shuffle(instances, order);
        Map<Path, List<SqlScript>> scripts = new TreeMap<>(original.scripts());
        scripts.replaceAll((folder, files) -> shuffled(files, order));
        Manifest manifest = InstanceBuilder.manifest(instances, original.manifest().postgres().distribute());
        Live live = new Live(
                State.of(shuffled(List.copyOf(original.live().state().resources().values()), order)),
                original.live().unlisted());
        Desired desired = desired(manifest, original.login(), scripts);
        return Case.of(original.seed(), manifest, original.login(), scripts, desired, live);
    }

    private static <T> List<T> shuffled(List<T> list, Random order) {
        List<T> result = new ArrayList<>(list);
        Collections.shuffle(result, order);
        return result;
    }

    private static Instance shuffled(Instance i, Random order) {
        return new Instance(
                i.identity(), i.naming(), i.adapter(), i.stem(), i.names(), i.owner(), i.legacySchemas(),
                i.legacyNamespaces(), i.sharesNamespaceWith(), shuffled(i.readers(), order),
                i.postgresPassword(), i.redisPassword(), i.migrate(), i.sql(), shuffled(i.volumes(), order),
                i.ports(), i.composeService(), i.labels(), i.environment(), i.protect(), i.place());
    }

    private static Desired desired(Manifest manifest, Login login, Map<Path, List<SqlScript>> scripts) {
        return DesiredState.of(manifest, manifest.instances(), EnumSet.allOf(Store.class), login, scripts, NODES)
                .with(moves(manifest));
    }

    /** Whoever has files has tables to move as well. */
    private static Moves moves(Manifest manifest) {
        Map<Resource, String> wanted = new TreeMap<>(Comparator.comparing(Resource::id));
        for (Instance instance : manifest.instances()) {
            String schema = instance.names().schema();
            if (instance.sql().isPresent() && !schema.equals(Names.PUBLIC_SCHEMA)) {
                String table = "trades_of_" + schema;
                List.of(
                                Placement.moved(Movable.TABLE, table, "public", schema, instance.names().role()),
                                Placement.moved(Movable.STATISTICS, table, "public", schema, "legacy"),
                                new SchemaAccess(schema, "legacy"),
                                new CompatView(table, "public", schema, Optional.empty(), List.of()))
                        .forEach(resource -> wanted.put(resource, instance.name()));
            }
        }
        return new Moves(wanted, Map.of(), List.of(), List.of());
    }

    private Case generateCase(long seed) {
        Map<Path, List<SqlScript>> scripts = Map.of(
                Path.of("/sql/audit"), scripts("audit"),
                Path.of("/sql/market"), scripts("market"));
        Manifest manifest = InstanceBuilder.manifest(instances(), random.nextInt(3) == 0);
        Login login = random.nextBoolean() ? SUPERUSER : CREATEROLE;
        Desired desired = desired(manifest, login, scripts);
        return Case.of(seed, manifest, login, scripts, desired, new Live(live(desired), List.of()));
    }

    private List<SqlScript> scripts(String folder) {
        return SQL_FILES.stream()
                .filter(file -> random.nextInt(4) > 0)
                .map(file -> new SqlScript(SqlScript.Name.parse(file).orElseThrow(), folder + file, ""))
                .toList();
    }

    private List<Instance> instances() {
        List<Instance> instances = new ArrayList<>();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            InstanceBuilder builder = InstanceBuilder.instance(
                    "exchange-" + i, i == 0 && random.nextInt(4) == 0 ? "public" : "exchange_" + i);
            builder.role("role_" + i).namespace("exchange:" + i);
            builder.owner(random.nextInt(3) == 0 ? Instance.Owner.ADMIN : Instance.Owner.ROLE);
            if (random.nextInt(3) == 0) {
                builder.legacySchema("legacy_" + i);
            }
            if (random.nextInt(2) == 0) {
                builder.sql(random.nextBoolean() ? "/sql/audit" : "/sql/market");
            }
            complete(builder, "exchange-" + i);
            instances.add(builder.build());
            if (random.nextInt(5) == 0) {
                instances.add(twin(instances.get(instances.size() - 1)));
            }
        }
        return instances;
    }

    /** A second instance that has the first one's role on purpose, and the same legacy schemas. */
    private Instance twin(Instance first) {
        String name = "a-twin-of-" + first.name();
        InstanceBuilder builder = InstanceBuilder.instance(name, "twin_" + first.names().role())
                .role(first.names().role())
                .namespace("twin:" + first.name())
                .owner(first.owner());
        first.legacySchemas().forEach(builder::legacySchema);
        first.sql().ifPresent(folder -> builder.sql(folder.toString()));
        complete(builder, name);
        return builder.build();
    }

    /** Readers, of which some are other instances' roles, and volumes, of which some have roots inside others. */
    private void complete(InstanceBuilder builder, String name) {
        Stream.of("monitor_user", "auditor", "role_0", "role_1")
                .filter(reader -> random.nextInt(4) == 0)
                .forEach(builder::reader);
        if (random.nextInt(3) > 0) {
            String root = List.of("/srv/volumes", "/srv/other", "/srv/volumes/inner").get(random.nextInt(3));
            builder.volume(root, name + "/data", mode());
            builder.volume(root, name + "/logs", mode(), owner());
        }
        if (random.nextInt(4) == 0) {
            builder.volume("/srv/volumes", name, mode());
        }
    }

    private int mode() {
        return List.of(0750, 0700, 0777, 02770).get(random.nextInt(4));
    }

    private Optional<String> owner() {
        return random.nextBoolean() ? Optional.of("1000:1000") : Optional.empty();
    }

    /** Of what is desired: nothing of it, what is missing elsewhere, or what another hand left; and more besides. */
    private State live(Desired desired) {
        Map<ResourceId, Resource> live = new TreeMap<>();
        int absent = 1 + random.nextInt(4);
        for (Resource wanted : desired.state().resources().values()) {
            if (random.nextInt(5) >= absent) {
                Optional<Resource> standing = random.nextInt(3) == 0
                        ? wanted.over(Optional.empty())
                        : Optional.of(liveResources.inPlaceOf(wanted));
                standing.ifPresent(resource -> live.put(resource.id(), resource));
            }
        }
        unconcerned().filter(resource -> random.nextInt(3) == 0)
                .filter(resource -> desired.state().find(resource.id()).isEmpty())
                .forEach(resource -> live.put(resource.id(), resource));
        return State.of(live.values());
    }

    private static Stream<Resource> unconcerned() {
        return Stream.of(
                new Role("somebody_else", Optional.of("made by hand")),
                new Schema("theirs", "somebody_else", false, Optional.empty()),
                new SchemaGrant("theirs", "role_0", Set.of(Privilege.USAGE)),
                new SchemaGrant("exchange_0", "somebody_else", Set.of(Privilege.CREATE)),
                new SchemaGrant("public", PostgresResource.PUBLIC, Set.of(Privilege.USAGE)),
                new SqlFile("exchange_0", SqlScript.Name.parse("V0.1__gone.sql").orElseThrow(), "gone"),
                new Folder(Path.of("/srv/volumes/gone"), Path.of("/srv/volumes"), 0755, false, Optional.of("0:0")));
    }
}
