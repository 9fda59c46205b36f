package io.provision.cli;

import io.provision.apply.Provisioning;
import io.provision.apply.Scope;
import io.provision.apply.Stores;
import io.provision.embedded.EmbeddedServers;
import io.provision.embedded.Kind;
import io.provision.journal.Journal;
import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.plan.Store;
import io.provision.postgres.Postgres;
import io.provision.postgres.PostgresTarget;
import io.provision.postgres.Sql;
import io.provision.postgres.SqlFolder;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.redis.RedisServers;
import io.provision.redis.RedisStore;
import io.provision.report.DerivedInstance;
import io.provision.report.VerifiedRun;
import io.provision.verify.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything that a command which touches servers works with: the manifest's instances, and the stores, open. */
final class Workplace implements AutoCloseable {

    private static final String EMBEDDED_REDIS = "Redis embedded";

    private final Invocation invocation;
    private final Scope scope;
    private final Optional<EmbeddedServers> embedded;
    private final Stores stores;
    private final List<String> places;

    private Workplace(
            Invocation invocation,
            Scope scope,
            Optional<EmbeddedServers> embedded,
            Stores stores,
            List<String> places) {
        this.invocation = invocation;
        this.scope = scope;
        this.embedded = embedded;
        this.stores = stores;
        this.places = places;
    }

    /**
     * Reads the manifest and opens the stores that the command is about.
     *
     * @param names the instances that it is about; none is all
     * @param purpose what others see of its sessions in the database
     */
    static Workplace open(Invocation invocation, List<String> names, String purpose) {
        return open(invocation, names, invocation.options().stores(), true, purpose);
    }

    /** The same with PostgreSQL alone, and without the {@code sql:} files, for what goes by the journal. */
    static Workplace openPostgres(Invocation invocation, String purpose) {
        return open(invocation, List.of(), EnumSet.of(Store.POSTGRES), false, purpose);
    }

    /** The same with PostgreSQL always, and Redis where the command is about it, connected when it is needed. */
    static Workplace openJournaled(Invocation invocation, String purpose) {
        Set<Store> stores = EnumSet.of(Store.POSTGRES);
        if (invocation.options().stores().contains(Store.REDIS)) {
            stores.add(Store.REDIS);
        }
        return open(invocation, List.of(), stores, false, purpose);
    }

    /** @param planning whether the manifest's files are needed, and all servers at once */
    private static Workplace open(
            Invocation invocation, List<String> names, Set<Store> stores, boolean planning, String purpose) {
        Manifest manifest = ManifestFiles.load(invocation);
        Scope scope = new Scope(
                manifest,
                ManifestFiles.chosen(manifest, names),
                stores,
                planning && stores.contains(Store.POSTGRES)
                        ? SqlFolder.readAll(manifest.instances().stream().map(Instance::sql).flatMap(Optional::stream))
                        : Map.of());
        Set<Kind> wanted = embeddedKinds(invocation, manifest, stores);
        Optional<EmbeddedServers> embedded = wanted.isEmpty()
                ? Optional.empty()
                : Optional.of(EmbeddedServers.open(
                        manifest.folder().resolve(".provision"),
                        wanted,
                        invocation.options().waitForOtherRun(),
                        invocation.messages()::note));
        try {
            return open(invocation, scope, embedded, wanted, planning, purpose);
        } catch (RuntimeException e) {
            embedded.ifPresent(EmbeddedServers::close);
            throw e;
        }
    }

    private static Workplace open(
            Invocation invocation,
            Scope scope,
            Optional<EmbeddedServers> embedded,
            Set<Kind> wanted,
            boolean planning,
            String purpose) {
        Connections connections = new Connections(invocation, scope.manifest());
        List<String> places = new ArrayList<>();
        Optional<Postgres> postgres = Optional.empty();
        Optional<RedisStore> redis = Optional.empty();
        if (scope.stores().contains(Store.POSTGRES)) {
            PostgresTarget target = connections.postgres(wanted.contains(Kind.POSTGRES)
                    ? embedded.map(EmbeddedServers::postgresUrl)
                    : connections.postgresUrl());
            places.add("PostgreSQL " + (wanted.contains(Kind.POSTGRES) ? "embedded" : target));
            postgres = Optional.of(new Postgres(target, purpose, sql -> invocation.messages().detail("sql: " + sql)));
            if (planning) {
                postgres.get().openAhead();
            }
        }
        if (scope.stores().contains(Store.REDIS)) {
            RedisServers servers = connections.redis(wanted.contains(Kind.REDIS)
                    ? embedded.map(EmbeddedServers::redisUrl).stream().toList()
                    : connections.redisUrls());
            places.add(wanted.contains(Kind.REDIS) ? EMBEDDED_REDIS : "Redis " + servers);
            redis = Optional.of(planning ? RedisStore.connect(servers) : RedisStore.onDemand(servers));
        }
        return new Workplace(invocation, scope, embedded, new Stores(postgres, redis), places);
    }

    /** @throws ProvisionException where a server would be the embedded one, and that is forbidden */
    static void refuseEmbedded(Invocation invocation, Manifest manifest) {
        embeddedKinds(invocation, manifest, EnumSet.allOf(Store.class));
    }

    /** A pipeline whose URL went missing must fail, not succeed against a toy ({@code manifest.md}). */
    private static Set<Kind> embeddedKinds(Invocation invocation, Manifest manifest, Set<Store> stores) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        Connections connections = new Connections(invocation, manifest);
        if (stores.contains(Store.POSTGRES) && connections.embeddedPostgres()) {
            kinds.add(Kind.POSTGRES);
        }
        if (stores.contains(Store.REDIS) && connections.embeddedRedis()) {
            kinds.add(Kind.REDIS);
        }
        if (invocation.refusesEmbedded() && !kinds.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, kinds.stream()
                    .map(kind -> Problem.error(kind.title() + " would be the embedded one, and that is forbidden here")
                            .remedy(kind == Kind.POSTGRES
                                    ? "set `postgres.url` (POSTGRES_URL in the shipped manifest), or --postgres-url"
                                    : "set `redis.url` (REDIS_URL in the shipped manifest), or --redis-url"))
                    .toList());
        }
        return kinds;
    }

    Scope scope() {
        return scope;
    }

    /** The servers that it works on, without passwords. */
    List<String> places() {
        return List.copyOf(places);
    }

    Stores stores() {
        return stores;
    }

    Optional<EmbeddedServers> embedded() {
        return embedded;
    }

    /** The verdict, with what it was made of. */
    VerifiedRun verified(Verdict verdict) {
        Map<String, String> services = new LinkedHashMap<>();
        scope.manifest().instances().forEach(i -> services.put(i.name(), i.identity().service()));
        return new VerifiedRun(
                verdict,
                scope.manifest().ecosystem(),
                services,
                places,
                invocation.context().clock().instant(),
                RunRecords.version());
    }

    /** Whether Redis is the embedded one. */
    boolean ownRedis() {
        return places.contains(EMBEDDED_REDIS);
    }

    Journal journal() {
        String schema = scope.manifest().postgres().journalSchema();
        return new Journal(schema, Sql.identifier(schema), Sql::quote);
    }

    Provisioning provisioning() {
        return new Provisioning(scope, stores, journal(), RunRecords.host(invocation));
    }

    List<DerivedInstance> derived() {
        return scope.instances().stream()
                .map(i -> new DerivedInstance(i.identity(), i.naming(), i.adapter(), i.names()))
                .toList();
    }

    /** Where the command works, and what it leaves out; the first line of everything that runs on embedded servers. */
    void introduce() {
        String line = "on %s".formatted(String.join(", ", places));
        if (embedded.isPresent()) {
            line += " (data in .provision beside the manifest; for trying things out, not for production)";
        }
        if (embedded.isPresent() && invocation.format() == OutputFormat.TEXT && !invocation.options().quiet()) {
            invocation.print(line);
            invocation.context().out().flush();
        } else if (!places.isEmpty()) {
            invocation.messages().note(line);
        }
        Set<Store> left = EnumSet.complementOf(EnumSet.copyOf(invocation.options().stores()));
        if (!left.isEmpty()) {
            invocation.messages().note("left out: %s%s".formatted(
                    left.stream().map(CommandRunner::part).collect(Collectors.joining(", ")),
                    left.contains(Store.POSTGRES) ? "; without PostgreSQL nothing is journaled" : ""));
        }
        ManifestFiles.tellWarnings(invocation, scope.manifest());
    }

    @Override
    public void close() {
        stores.postgres().ifPresent(Postgres::closeSpare);
        stores.redis().ifPresent(RedisStore::close);
        embedded.ifPresent(EmbeddedServers::close);
    }
}
