package io.provision.apply;

import io.provision.manifest.Instance;
import io.provision.plan.Change;
import io.provision.plan.Store;
import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.Failures;
import io.provision.postgres.SchemaSizes;
import io.provision.postgres.Session;
import io.provision.redis.DiscoveryEntry;
import io.provision.redis.KeySurvey;
import io.provision.redis.RedisStore;
import io.provision.volumes.FolderSize;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at how the instances stand: a constant number of queries and one pass over the keys for all of them. */
public final class StatusSurvey {

    /** Keys that are looked at; five million take seconds. */
    private static final long KEY_BOUND = 5_000_000;

    private final Scope scope;
    private final Stores stores;
    private final Survey survey;

    /** @param survey what a plan of the same scope found */
    public StatusSurvey(Scope scope, Stores stores, Survey survey) {
        this.scope = scope;
        this.stores = stores;
        this.survey = survey;
    }

    public List<InstanceStatus> statuses() {
        Optional<Map<String, SchemaSizes.Size>> sizes = sizes();
        Optional<KeySurvey> keys = stores.redis().map(this::keys);
        Map<String, String> discovery = stores.redis().map(this::discovery).orElse(Map.of());
        Map<String, Long> drift = survey.plan().changes().stream()
                .collect(Collectors.groupingBy(Change::instance, Collectors.counting()));
        Set<String> rolesToMake = survey.plan().changes().stream()
                .filter(change -> change.creates() && change.target().kind().equals("role"))
                .map(change -> change.target().target())
                .collect(Collectors.toSet());
        return scope.instances().stream()
                .map(instance -> new InstanceStatus(
                        instance,
                        sizes.map(s -> s.containsKey(instance.names().schema())).orElse(false),
                        sizes.isPresent() && !rolesToMake.contains(instance.names().role()),
                        tables(sizes, instance),
                        rows(sizes, instance),
                        keys.map(k -> OptionalLong.of(k.keys().getOrDefault(instance.names().namespace(), 0L)))
                                .orElse(OptionalLong.empty()),
                        keys.map(KeySurvey::complete).orElse(true),
                        volumeBytes(instance),
                        Optional.ofNullable(discovery.get(instance.names().discoveryKey())),
                        drift.getOrDefault(instance.name(), 0L).intValue()))
                .toList();
    }

    private Optional<Map<String, SchemaSizes.Size>> sizes() {
        return stores.postgres().map(postgres -> {
            try (Session session = postgres.open()) {
                return SchemaSizes.of(
                        session, scope.instances().stream().map(i -> i.names().schema()).toList());
            } catch (DatabaseFailure e) {
                throw Failures.of("looking at the schemas", e);
            }
        });
    }

    private static OptionalLong tables(Optional<Map<String, SchemaSizes.Size>> sizes, Instance instance) {
        return sizes.map(s -> s.getOrDefault(instance.names().schema(), new SchemaSizes.Size(0, 0)))
                .map(size -> OptionalLong.of(size.tables()))
                .orElse(OptionalLong.empty());
    }

    private static OptionalLong rows(Optional<Map<String, SchemaSizes.Size>> sizes, Instance instance) {
        return sizes.map(s -> s.getOrDefault(instance.names().schema(), new SchemaSizes.Size(0, 0)))
                .map(size -> OptionalLong.of(size.rows()))
                .orElse(OptionalLong.empty());
    }

    private KeySurvey keys(RedisStore redis) {
        return redis.survey(
                scope.manifest().instances().stream().map(i -> i.names().namespace()).toList(), KEY_BOUND);
    }

    private Map<String, String> discovery(RedisStore redis) {
        Map<String, String> entries = new HashMap<>();
        for (DiscoveryEntry entry :
                redis.discovery(scope.instances().stream().map(i -> i.names().discoveryKey()).toList())) {
            if (entry instanceof DiscoveryEntry.Fields fields) {
                entries.put(fields.key(), fields.fields().toString());
            } else if (entry instanceof DiscoveryEntry.Text text) {
                entries.put(text.key(), text.text());
            } else if (entry instanceof DiscoveryEntry.Unreadable unreadable) {
                entries.put(unreadable.key(), unreadable.why());
            }
        }
        return entries;
    }

    private OptionalLong volumeBytes(Instance instance) {
        return scope.stores().contains(Store.VOLUME)
                ? OptionalLong.of(instance.volumes().stream()
                        .mapToLong(volume -> FolderSize.of(volume.path()).bytes())
                        .sum())
                : OptionalLong.empty();
    }
}
