package io.provision.bench;

import io.provision.testing.TestCluster;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a Redis Cluster of three masters and three replicas costs, beside one server: both by the tool. */
final class OnCluster {

    private final Arguments arguments;
    private final Template template;
    private final Job job;
    private final Tool tool;
    private final Consumer<Figure> measured;

    OnCluster(Arguments arguments, Template template, Job job, Tool tool, Consumer<Figure> measured) {
        this.arguments = arguments;
        this.template = template;
        this.job = job;
        this.tool = tool;
        this.measured = measured;
    }

    void measure() throws IOException, InterruptedException {
        compare("init, fresh", new Pairs(arguments.runs, () -> fresh(false), () -> fresh(true)));
        try (Servers servers = template.start();
                Servers clusters = template.start();
                TestCluster cluster = cluster()) {
            Template.delete(job.volumes());
            tool.run(servers.environment(), "init");
            tool.run(on(cluster, clusters), "init");
            for (String command : List.of("init", "plan", "verify")) {
                compare(command.equals("init") ? "init, nothing to do" : command, new Pairs(
                        arguments.runs,
                        () -> Machine.seconds(() -> tool.run(servers.environment(), command)),
                        () -> Machine.seconds(() -> tool.run(on(cluster, clusters), command))));
            }
        }
    }

    private void compare(String what, Pairs pairs) {
        measured.accept(Figure.seconds(what + ", one Redis", job.instances(), pairs.floor()));
        measured.accept(Figure.seconds(what + ", Cluster", job.instances(), pairs.tool(), pairs.floor()));
    }

    private double fresh(boolean onCluster) throws IOException, InterruptedException {
        Template.delete(job.volumes());
        try (Servers servers = template.start(); TestCluster cluster = cluster()) {
            Map<String, String> environment = onCluster ? on(cluster, servers) : servers.environment();
            return Machine.seconds(() -> tool.run(environment, "init"));
        }
    }

    private static TestCluster cluster() {
        return new TestCluster(3, 1);
    }

    private static Map<String, String> on(TestCluster cluster, Servers servers) {
        Map<String, String> environment = new HashMap<>(servers.environment());
        environment.put("BENCH_REDIS_URL", cluster.url());
        return environment;
    }
}
