package io.provision.status;

import io.provision.apply.Scope;
import io.provision.apply.Stores;
import io.provision.apply.Survey;
import io.provision.manifest.Instance;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.Store;
import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.Failures;
import io.provision.postgres.Postgres;
import io.provision.postgres.SchemaSizes;
import io.provision.postgres.Session;
import io.provision.redis.KeySurvey;
import io.provision.redis.RedisStore;
import io.provision.volumes.FolderSize;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks at how the instances stand: a constant number of queries and one pass over the keys for all of them. */
public final class StatusSurvey {

    private final Scope scope;
    private final Stores stores;
    private final Survey survey;
    private final Function<String, Optional<Map<String, String>>> json;

    /**
     * @param survey what a plan of the same scope found
     * @param json the fields of an object written as JSON, as text; empty where it is none
     */
    public StatusSurvey(
            Scope scope, Stores stores, Survey survey, Function<String, Optional<Map<String, String>>> json) {
        this.scope = scope;
        this.stores = stores;
        this.survey = survey;
        this.json = json;
    }

    public EcosystemStatus status() {
        Optional<Map<String, SchemaSizes.Size>> sizes = stores.postgres().map(this::sizes);
        Optional<KeySurvey> keys = stores.redis().map(this::keys);
        Optional<DiscoveryLook> discovery = stores.redis().map(redis -> new DiscoveryLook(scope, redis, json));
        Set<String> rolesToMake = rolesToMake();
        Drift drift = new Drift(scope, survey);
        List<InstanceStatus> statuses = scope.instances().stream()
                .map(instance -> new InstanceStatus(
                        instance,
                        seen(sizes).map(found -> Optional.ofNullable(found.get(instance.names().schema()))),
                        seen(sizes).map(found -> !rolesToMake.contains(instance.names().role())),
                        keys.map(found -> keysOf(found, instance)).orElseGet(Seen::leftOut),
                        volumeBytes(instance),
                        discovery.map(look -> look.of(instance)).orElseGet(Seen::leftOut),
                        drift.of(instance)))
                .toList();
        boolean whole = scope.instances().size() == scope.manifest().instances().size();
        return new EcosystemStatus(
                statuses,
                discovery.filter(look -> whole)
                        .map(look -> look.besides(keys.orElseThrow()))
                        .orElseGet(Seen::leftOut));
    }

    private static <T> Seen<T> seen(Optional<T> value) {
        return value.map(Seen::of).orElseGet(Seen::leftOut);
    }

    private Set<String> rolesToMake() {
        return survey.plan().changes().stream()
                .filter(change -> change.creates() && change.resource() instanceof Role)
                .map(change -> ((Role) change.resource()).name())
                .collect(Collectors.toSet());
    }

    private Map<String, SchemaSizes.Size> sizes(Postgres postgres) {
        try (Session session = postgres.open()) {
            return SchemaSizes.of(
                    session, scope.instances().stream().map(i -> i.names().schema()).toList());
        } catch (DatabaseFailure e) {
            throw Failures.of("measuring the schemas", e);
        }
    }

    private KeySurvey keys(RedisStore redis) {
        return redis.survey(
                scope.manifest().instances().stream().map(i -> i.names().namespace()).toList(), RedisStore.USUAL_BOUND);
    }

    private static Seen<Amount> keysOf(KeySurvey survey, Instance instance) {
        return survey.hidden()
                .map(why -> Seen.<Amount>unknown("the server says: " + why))
                .orElseGet(() -> Seen.of(new Amount(
                        survey.keys().getOrDefault(instance.names().namespace(), 0L), survey.complete())));
    }

    private Seen<Amount> volumeBytes(Instance instance) {
        if (!scope.stores().contains(Store.VOLUME)) {
            return Seen.leftOut();
        }
        List<FolderSize> sizes = instance.volumes().stream().map(volume -> FolderSize.of(volume.path())).toList();
        return Seen.of(new Amount(
                sizes.stream().mapToLong(FolderSize::bytes).sum(), sizes.stream().allMatch(FolderSize::complete)));
    }
}
