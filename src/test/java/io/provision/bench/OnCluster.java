package io.provision.bench;

import io.provision.testing.TestCluster;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a Redis Cluster of three masters and three replicas costs, beside one server: both by the tool. */
final class OnCluster {

    private final Trial trial;
    private final Template template;
    private final Tool tool;

    OnCluster(Trial trial) {
        this.trial = trial;
        this.template = trial.template();
        this.tool = trial.tool();
    }

    void measure() throws IOException, InterruptedException {
        compare("init, fresh", trial.pairs(() -> fresh(false), () -> fresh(true)));
        try (Servers servers = template.start();
                Servers clusters = template.start();
                TestCluster cluster = cluster()) {
            Template.putAside(trial.job().volumes());
            tool.run(servers.environment(), "init");
            tool.run(on(cluster, clusters), "init");
            for (String command : List.of("init", "plan", "verify")) {
                compare(command.equals("init") ? "init, nothing to do" : command, trial.pairs(
                        () -> Machine.seconds(() -> tool.run(servers.environment(), command)),
                        () -> Machine.seconds(() -> tool.run(on(cluster, clusters), command))));
            }
        }
    }

    private void compare(String what, Pairs pairs) {
        trial.tell(what + ", one Redis", pairs.floor());
        trial.tell(what + ", Cluster", pairs);
    }

    private double fresh(boolean onCluster) throws IOException, InterruptedException {
        Template.putAside(trial.job().volumes());
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
