package io.provision.bench;

import io.provision.bench.Arguments.Part;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;

/** All that is measured of one number of instances. */
final class Measuring {

    private final Trial trial;
    private final Arguments arguments;
    private final Job job;
    private final Tool tool;
    private final Path folder;

    Measuring(Trial trial, Path folder) {
        this.trial = trial;
        this.arguments = trial.arguments();
        this.job = trial.job();
        this.tool = trial.tool();
        this.folder = folder;
    }

    void measure() throws IOException, InterruptedException, URISyntaxException {
        Set<Part> parts = arguments.parts();
        if (parts.contains(Part.STARTUP)) {
            new StartUp(arguments, tool, folder).measure(job.instances()).forEach(trial.measured());
            render();
        }
        if (parts.contains(Part.FRESH) || parts.contains(Part.AGAIN) || parts.contains(Part.MEMORY)) {
            servers(parts);
        }
        if (parts.contains(Part.CLUSTER)) {
            new OnCluster(trial).measure();
        }
    }

    private void servers(Set<Part> parts) throws IOException, InterruptedException {
        try (Servers servers = trial.template().start()) {
            tool.run(servers.environment(), "plan", "-o", "sql");
            String script = tool.output();
            double memory = tool.peakMemory(servers.environment(), init());
            Floor floor = Floor.of(job, folder, script, users(servers));
            if (parts.contains(Part.MEMORY)) {
                memory(servers, memory);
            }
            if (parts.contains(Part.AGAIN)) {
                again(servers, floor);
            }
            if (parts.contains(Part.FRESH)) {
                fresh(floor);
            }
        }
    }

    private String[] init() {
        return arguments.parallel
                .map(sessions -> new String[] {"init", "--parallel", Integer.toString(sessions)})
                .orElse(new String[] {"init"});
    }

    private static List<String> users(Servers servers) {
        try (Jedis jedis = new Jedis(servers.redis())) {
            return jedis.aclList().stream().filter(line -> !line.startsWith("user default ")).toList();
        }
    }

    private void fresh(Floor floor) throws IOException, InterruptedException {
        Pairs pairs = trial.pairs(
                () -> onFreshServers(floor, servers -> floor.fresh(servers)),
                () -> onFreshServers(floor, servers -> tool.run(servers.environment(), init())));
        trial.tell("floor, fresh", pairs.floor());
        trial.tell("init, fresh", pairs);
    }

    private interface OnServers {
        void run(Servers servers) throws IOException, InterruptedException;
    }

    private double onFreshServers(Floor floor, OnServers work) throws IOException, InterruptedException {
        Template.putAside(job.volumes());
        Template.putAside(floor.volumes());
        try (Servers servers = trial.template().start()) {
            floor.warm(servers);
            return Machine.seconds(() -> work.run(servers));
        }
    }

    /** @param servers on which the tool has made everything */
    private void again(Servers servers, Floor floor) throws IOException, InterruptedException {
        for (String command : List.of("init", "plan", "verify")) {
            Pairs pairs = trial.pairs(
                    () -> Machine.seconds(() -> floor.again(servers)),
                    () -> Machine.seconds(() -> tool.run(servers.environment(), command)));
            if (command.equals("init")) {
                trial.tell("floor, nothing to do", pairs.floor());
            }
            trial.tell(command.equals("init") ? "init, nothing to do" : command, pairs);
        }
    }

    private void memory(Servers servers, double init) throws IOException, InterruptedException {
        trial.tellMemory("memory of init, fresh", new Sample(List.of(init)));
        for (String command : List.of("plan", "verify")) {
            trial.tellMemory(
                    "memory of " + command,
                    new Sample(List.of(tool.peakMemory(servers.environment(), command))));
        }
    }

    private void render() throws IOException, InterruptedException {
        Map<String, String> environment = Map.of("BENCH_POSTGRES_URL", "postgresql://postgres:5432/bench",
                "BENCH_REDIS_URL", "redis://redis:6379/0");
        List<Double> runs = new ArrayList<>();
        for (int run : IntStream.rangeClosed(0, arguments.runs).toArray()) {
            // One after the other, and deleted in the end: ext4 searches long past what has just been deleted.
            Path to = folder.resolve("rendered-" + run);
            double seconds = Machine.seconds(() -> tool.run(environment, "render", "all", "--to", to.toString()));
            if (run > 0) {
                runs.add(seconds);
            }
        }
        trial.tell("render all", new Sample(runs));
    }
}
