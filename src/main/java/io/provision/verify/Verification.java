package io.provision.verify;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.manifest.Reader;
import io.provision.naming.Names;
import io.provision.plan.Change;
import io.provision.plan.Desired;
import io.provision.plan.Login;
import io.provision.plan.Plan;
import io.provision.plan.ResourceId;
import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.Failures;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.Postgres;
import io.provision.postgres.Session;
import io.provision.postgres.isolation.Tenant;
import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import io.provision.redis.PasswordHash;
import io.provision.redis.RedisStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The proofs, one method each; what they find adds up to a verdict. Isolation is proved between the named instances and
 * all others of the manifest, both ways.
 */
public final class Verification {

    private final Manifest manifest;
    private final List<Instance> instances;
    private final String journalSchema;
    private Evidence evidence = Evidence.NONE;

    /** @param instances those of the manifest that it is about */
    public Verification(Manifest manifest, List<Instance> instances) {
        this.manifest = manifest;
        this.instances = List.copyOf(instances);
        this.journalSchema = manifest.postgres().journalSchema();
    }

    /**
     * That everything is there, and is as it should be.
     *
     * @param plan made from a fresh look
     * @param unseen what could not be looked at
     * @param texts writes a change as a person would type it
     */
    public void presence(Desired desired, Plan plan, Set<ResourceId> unseen, Function<Change, String> texts) {
        add(new Presence(desired, plan, unseen, texts).evidence());
    }

    /**
     * What a killed run left.
     *
     * @param left what the next {@code init} finishes
     * @param open what cannot be found out from here, in sentences
     */
    public void unfinished(Collection<String> left, Collection<String> open) {
        open.forEach(what -> add(Evidence.warning(what)));
        left.forEach(what ->
                add(Evidence.warning("left by a killed run: %s; `provision init` finishes it".formatted(what))));
    }

    /** That each service will look for what is provisioned. */
    public void names() {
        add(NameProof.of(instances));
    }

    /** That the folders are there, and are each instance's own. */
    public void volumes(Function<Change, String> texts) {
        add(new VolumeProof(manifest, instances, texts).prove());
    }

    /** That the server would let each instance's role in. READ ONLY. */
    public void entrance(Postgres postgres) {
        add(in(postgres, session -> {
            session.beginReadOnly();
            Evidence found = EntranceProof.of(session, instances);
            session.rollback();
            return found;
        }));
    }

    /** That no instance's role reaches what is another's. READ ONLY. */
    public void isolation(Postgres postgres) {
        add(in(postgres, session -> {
            session.beginReadOnly();
            LoginFacts facts = LoginFacts.read(session);
            Login admin = LoginFacts.provisioner(session, facts, journalSchema);
            Evidence found =
                    new PostgresIsolation(session, facts.serverVersion(), tenants(admin.name()), admin).prove();
            session.rollback();
            return found;
        }));
        manifest.instances().stream()
                .filter(instance -> instance.names().schema().equals(Names.PUBLIC_SCHEMA))
                .forEach(instance -> add(Evidence.warning(
                        "%s lives in the schema public, which is everybody's: its isolation is not proved"
                                .formatted(instance.name()))));
    }

    /**
     * That no instance's Redis user reaches what is another's. Changes nothing, and may be asked from another thread.
     *
     * @param embedded whether it is the tool's own server, which is for trying things out
     * @param probe for how many instances the server's own answer is asked
     * @return what is to be handed to {@link #add}
     */
    public Evidence redisIsolation(RedisStore redis, boolean embedded, Probe probe) {
        if (!manifest.redis().acl()) {
            return Evidence.warning("nothing keeps the instances apart in Redis: `redis.acl` is off");
        }
        try {
            return new RedisIsolation(manifest, instances, redis, embedded).prove(probe);
        } catch (ProvisionException e) {
            if (e.exitCode() != ExitCode.REFUSED) {
                throw e;
            }
            return e.problems().stream()
                    .map(problem -> Evidence.warning("isolation in Redis is not proved: " + problem.message()))
                    .reduce(Evidence.NONE, Evidence::and);
        }
    }

    /**
     * That new tables can be read by those who are to read them. Writes, and rolls back.
     *
     * @param desired what {@link #presence} was asked about
     */
    public void probe(Postgres postgres, Desired desired, Probe probe, Duration lockTimeout) {
        if (probe != Probe.NONE) {
            add(in(postgres, session -> new ProbeProof(desired, probe).prove(session, instances, lockTimeout)));
        }
    }

    /**
     * That each instance's role can log in, and then reaches only what is its own. After {@link #isolation}: what that
     * found is not told twice.
     *
     * @param passwords of roles, where they are known
     */
    public void logins(Postgres postgres, Function<String, Optional<char[]>> passwords) {
        Evidence found = new LoginProof(postgres, tenants(""), passwords).prove(instances);
        Set<Breach.Ends> known = evidence.breaches().stream().map(Breach::ends).collect(Collectors.toSet());
        List<Breach> further = found.breaches().stream()
                .filter(breach -> breach.endsAround().noneMatch(known::contains))
                .toList();
        add(new Evidence(found.checks(), further, found.warnings()));
    }

    /**
     * That each instance's Redis user is let in with its password. Not while {@link #redisIsolation} is asked.
     *
     * @param desired what {@link #presence} was asked about
     * @param passwords of users, where they are known
     */
    public void redisLogins(
            RedisStore redis, Desired desired, Function<String, Optional<PasswordHash>> passwords) {
        add(new RedisLoginProof(redis, passwords).prove(desired, instances));
    }

    /** What another proof found. */
    public void add(Evidence further) {
        evidence = evidence.and(further);
    }

    public Verdict verdict() {
        Set<String> chosen = instances.stream().map(Instance::name).collect(Collectors.toSet());
        List<Breach> concerning =
                evidence.breaches().stream().filter(breach -> breach.concerns(chosen)).toList();
        return new Verdict(
                instances.stream().map(Instance::name).toList(),
                pairs(manifest.instances()) - pairs(others(chosen)),
                new Evidence(evidence.checks(), concerning, evidence.warnings(), evidence.notes()));
    }

    private List<Instance> others(Set<String> chosen) {
        return manifest.instances().stream().filter(instance -> !chosen.contains(instance.name())).toList();
    }

    /** Instances that share a role on purpose are no pair. */
    private static long pairs(Collection<Instance> some) {
        Map<String, Long> byRole = some.stream()
                .collect(Collectors.groupingBy(instance -> instance.names().role(), Collectors.counting()));
        return (long) some.size() * some.size() - byRole.values().stream().mapToLong(n -> n * n).sum();
    }

    private static <T> T in(Postgres postgres, Function<Session, T> work) {
        try (Session session = postgres.open()) {
            return work.apply(session);
        } catch (DatabaseFailure e) {
            throw Failures.of("verifying", e);
        }
    }

    private List<Tenant> tenants(String admin) {
        return manifest.instances().stream()
                .map(instance -> new Tenant(
                        instance.name(),
                        instance.names().role(),
                        instance.owner() == Instance.Owner.ROLE ? instance.names().role() : admin,
                        Stream.concat(Stream.of(instance.names().schema()), instance.legacySchemas().stream())
                                .filter(schema -> !schema.equals(Names.PUBLIC_SCHEMA))
                                .toList(),
                        instance.readers().stream().map(Reader::role).collect(Collectors.toSet()),
                        !instance.migrate().tables().isEmpty()))
                .toList();
    }
}
