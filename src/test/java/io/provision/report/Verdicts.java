package io.provision.report;

import io.provision.plan.Store;
import io.provision.verify.Breach;
import io.provision.verify.Check;
import io.provision.verify.Evidence;
import io.provision.verify.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Verifications for reports to tell of. */
final class Verdicts {

    /** As no server and no manifest would have it: markup of every kind, quotes, and what XML cannot write. */
    static final String ODD =
            "</script><img src=x onerror=alert(1)> & \"a\" 'b' `c` **d** | @everybody ]]> \u0001 {{text}}";

    private Verdicts() {}

    static VerifiedRun clean() {
        return run(List.of("exchange-OKX", "custodian-Komainu"), List.of(), List.of(holds("exchange-OKX", "schema")));
    }

    /** Every kind of finding, between three instances. */
    static VerifiedRun open() {
        return run(
                List.of("exchange-OKX", "custodian-Komainu", "audit"),
                List.of(
                        new Breach("exchange-OKX", "custodian-Komainu", Store.POSTGRES,
                                "exchange_okx_adapter was granted USAGE on the schema custodian_komainu",
                                "REVOKE USAGE ON SCHEMA \"custodian_komainu\" FROM \"exchange_okx_adapter\";"),
                        new Breach("*", "audit", Store.VOLUME, "everybody may write in volumes/audit", "chmod 0750 x"),
                        new Breach("audit", "*", Store.REDIS, "audit-adapter may FLUSHALL", "ACL SETUSER …\nACL SAVE")),
                List.of(
                        holds("exchange-OKX", "schema"),
                        holds("audit", "schema"),
                        new Check("audit", "default_privileges", false, "there is none", Optional.of("ALTER …"))));
    }

    static VerifiedRun odd() {
        return run(
                List.of("exchange-OKX", "custodian-Komainu"),
                List.of(new Breach("exchange-OKX", "custodian-Komainu", Store.POSTGRES, ODD, ODD)),
                List.of(new Check("exchange-OKX", ODD, false, ODD, Optional.of(ODD))));
    }

    /** Every place in which a name may stand. */
    static VerifiedRun named(String name) {
        return run(
                List.of("exchange-OKX", name),
                List.of(new Breach("exchange-OKX", name, Store.POSTGRES, name, name + "\n" + name)),
                List.of(new Check(name, name, false, name, Optional.of(name))));
    }

    /** With one check, which does not hold. */
    static VerifiedRun failing(String instance) {
        return run(
                List.of(instance),
                List.of(),
                List.of(new Check(instance, "schema", false, "there is none", Optional.empty())));
    }

    /** @param breaches how many of the instances reach the one that follows them */
    static VerifiedRun many(int instances, int breaches) {
        List<String> names = IntStream.range(0, instances).mapToObj(i -> "exchange-" + i).toList();
        List<Breach> found = new ArrayList<>(IntStream.range(0, breaches)
                .mapToObj(i -> new Breach("exchange-" + i, "exchange-" + (i + 1), Store.POSTGRES,
                        "exchange_%d_adapter was granted USAGE on the schema exchange_%d".formatted(i, i + 1),
                        "REVOKE USAGE ON SCHEMA \"exchange_%d\" FROM \"exchange_%d_adapter\";".formatted(i + 1, i)))
                .toList());
        List<Check> checks = names.stream()
                .flatMap(name -> IntStream.range(0, 12).mapToObj(i -> holds(name, "check_" + i)))
                .toList();
        return run(names, found, checks);
    }

    /** @param others how many instances the first one's Redis user reaches with one pattern; one more it does not */
    static VerifiedRun wide(int others) {
        List<String> names = new ArrayList<>(IntStream.rangeClosed(0, others).mapToObj(i -> "exchange-" + i).toList());
        names.add("audit");
        List<Breach> found = IntStream.rangeClosed(1, others)
                .mapToObj(i -> new Breach("exchange-0", "exchange-" + i, Store.REDIS,
                        "exchange-0-adapter may read and write the keys exchange:%d:* (by ~exchange:*)".formatted(i),
                        "ACL SETUSER exchange-0-adapter reset on ~exchange:0:*"))
                .toList();
        return run(names, found, List.of());
    }

    private static Check holds(String instance, String name) {
        return new Check(instance, name, true, "as the manifest says (1)", Optional.empty());
    }

    private static VerifiedRun run(List<String> instances, List<Breach> breaches, List<Check> checks) {
        Map<String, String> services = new LinkedHashMap<>();
        instances.forEach(name -> services.put(name, name.replaceFirst("-.*", "") + "-simulator"));
        Evidence evidence = new Evidence(
                checks, breaches, List.of("a warning of <b>them</b>"), List.of("every user may SCAN"));
        return new VerifiedRun(
                new Verdict(instances, (long) instances.size() * (instances.size() - 1), evidence),
                "test",
                services,
                List.of("PostgreSQL postgresql://db/eco", "Redis embedded"),
                Instant.parse("2026-11-21T16:00:00Z"),
                "0.1.0");
    }
}
