package io.provision.render;

import io.provision.manifest.Manifest;
import io.provision.plan.acl.RedisVersion;
import io.provision.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Everything around the instances, from their manifest: the same bytes for the same manifest, wherever it runs. */
public final class Rendering {

    private final Manifest manifest;
    private final List<String> manifestFiles;
    private final ServiceUrls urls;
    private final InstanceEnvironment environment;
    private final Supplier<Artefact> sql;
    private final AclFile aclFile;

    /**
     * @param manifestFiles that the manifest was read from, relative to its folder; none where it is the usual one
     * @param redis the version that users are rendered for
     * @param sql the script, where it is asked for: made outside of this package, which sees no server
     */
    public Rendering(Manifest manifest, List<String> manifestFiles, RedisVersion redis, Supplier<Artefact> sql) {
        this.manifest = manifest;
        this.manifestFiles = List.copyOf(manifestFiles);
        this.sql = sql;
        this.aclFile = new AclFile(manifest, redis);
        this.urls = new ServiceUrls(manifest);
        this.environment = new InstanceEnvironment(urls);
    }

    /**
     * In the order of the targets, no path twice. Two threads make them, one from either end of the list, until they
     * meet; the script of SQL, which takes longest, stands last there. Of several faults the first target's is told.
     */
    public List<Artefact> artefacts(Collection<RenderTarget> targets) {
        Map<RenderTarget, FutureTask<List<Artefact>>> tasks = new EnumMap<>(RenderTarget.class);
        targets.forEach(target -> tasks.put(target, new FutureTask<>(() -> artefacts(target).toList())));
        List<FutureTask<List<Artefact>>> order = new ArrayList<>(tasks.values());
        if (tasks.containsKey(RenderTarget.SQL)) {
            order.remove(tasks.get(RenderTarget.SQL));
            order.add(tasks.get(RenderTarget.SQL));
        }
        if (order.size() > 1) {
            List<FutureTask<List<Artefact>>> fromTheEnd = new ArrayList<>(order);
            Collections.reverse(fromTheEnd);
            Thread beside = new Thread(() -> fromTheEnd.forEach(FutureTask::run), "render-beside");
            beside.setDaemon(true);
            beside.start();
        }
        // One that has begun elsewhere does not run again.
        order.forEach(FutureTask::run);
        return tasks.values().stream().flatMap(task -> made(task).stream()).toList();
    }

    private static List<Artefact> made(FutureTask<List<Artefact>> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while rendering");
        }
    }

    /** What will most likely not work in what these targets say. */
    public List<Problem> warnings(Collection<RenderTarget> targets) {
        List<Problem> warnings = new ArrayList<>();
        if (targets.contains(RenderTarget.COMPOSE) || targets.contains(RenderTarget.ENV)) {
            warnings.addAll(urls.warnings());
        }
        if (targets.contains(RenderTarget.REDIS_ACL)) {
            warnings.addAll(aclFile.warnings());
        }
        return warnings;
    }

    /**
     * Files that these targets make of other manifests, and that cannot say that they were rendered: by their paths,
     * which are like those of artefacts, whether a text is one of theirs.
     */
    public Map<String, Predicate<String>> left(Collection<RenderTarget> targets) {
        return targets.contains(RenderTarget.REDIS_ACL) ? aclFile.left() : Map.of();
    }

    private Stream<Artefact> artefacts(RenderTarget target) {
        return switch (target) {
            case COMPOSE -> Stream.of(new ComposeFile(manifest, manifestFiles, environment).artefact());
            case ENV -> new EnvFiles(manifest, environment).artefacts().stream();
            case PROMETHEUS -> new PrometheusFiles(manifest).artefacts().stream();
            case GRAFANA -> new GrafanaFiles(manifest).artefacts().stream();
            case SQL -> Stream.of(sql.get());
            case REDIS_ACL -> aclFile.artefacts().stream();
            case DIAGRAM -> new Diagrams(manifest).artefacts().stream();
        };
    }
}
