package io.provision.apply;

import io.provision.manifest.Instance;
import io.provision.manifest.PasswordSource;
import io.provision.manifest.Reader;
import io.provision.naming.Names;
import io.provision.postgres.Verifier;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.redis.NamespaceOwner;
import io.provision.redis.PasswordHash;
import io.provision.volumes.SecretFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Reads passwords where the manifest says: a role's or a Redis user's when it is made, to turn it at once into what the
 * server keeps of it, and a Redis user's when its namespace is tried.
 */
public final class Passwords {

    /** Of {@code redis.commands}: who is left without one of these cannot try a namespace, and need not. */
    private static final Pattern NEEDED_TO_TRY = Pattern.compile("-(set|get|del|eval|@.*)", Pattern.CASE_INSENSITIVE);

    private final Map<String, PasswordSource> sources = new HashMap<>();
    private final Map<String, PasswordSource> redisSources = new HashMap<>();
    private final List<Instance> instances;
    private final boolean usersMayTry;
    private final Map<String, String> environment;
    private final Map<String, String> verifiers = new ConcurrentHashMap<>();
    private CompletableFuture<List<Problem>> prepared = CompletableFuture.completedFuture(List.of());

    public Passwords(Scope scope, Map<String, String> environment) {
        this.instances = scope.instances();
        this.usersMayTry = scope.manifest().redis().commands().stream().noneMatch(NEEDED_TO_TRY.asMatchPredicate());
        this.environment = Map.copyOf(environment);
        for (Instance instance : scope.manifest().instances()) {
            instance.redisPassword().ifPresent(source -> redisSources.put(instance.names().redisUser(), source));
            instance.postgresPassword().ifPresent(source -> sources.put(instance.names().role(), source));
            for (Reader reader : instance.readers()) {
                reader.password().ifPresent(source -> sources.put(reader.role(), source));
            }
        }
    }

    /**
     * Reads them all, and begins to compute their verifiers, milliseconds each, while the run does what comes before
     * the roles. Whether they can be computed, {@link #awaitPrepared} tells.
     *
     * @throws ProvisionException with {@link ExitCode#USAGE} where a source has none
     */
    void prepare(Collection<String> roles) {
        Map<String, char[]> read = new LinkedHashMap<>();
        roles.stream().filter(sources::containsKey).forEach(role -> read.put(role, read(role, sources.get(role))));
        prepared = CompletableFuture.supplyAsync(() -> read.entrySet().parallelStream()
                .flatMap(role -> prepare(role.getKey(), role.getValue()).stream())
                .toList());
    }

    private List<Problem> prepare(String role, char[] password) {
        try {
            verifiers.computeIfAbsent(role, any -> verifier(role, password));
            return List.of();
        } catch (ProvisionException e) {
            return e.problems();
        }
    }

    /**
     * Before a transaction is opened that needs what was begun to be prepared.
     *
     * @throws ProvisionException with {@link ExitCode#FAILED} that tells every password there is no verifier of
     */
    void awaitPrepared() {
        List<Problem> problems;
        try {
            problems = prepared.join();
        } catch (CompletionException e) {
            // Not its message: nobody knows what is in it.
            problems = List.of(Problem.error("the verifiers of the roles' passwords could not be computed: "
                            + e.getCause().getClass().getName())
                    .remedy("run the same command again"));
        }
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.FAILED, problems);
        }
    }

    /**
     * @return the SCRAM-SHA-256 verifier: the plain text never reaches the server or its log; empty where the manifest
     *     names no source
     * @throws ProvisionException with {@link ExitCode#USAGE} where the source has none, with {@link ExitCode#FAILED}
     *     where there is no verifier of what it has
     */
    Optional<String> verifier(String role) {
        return Optional.ofNullable(sources.get(role))
                .map(source -> verifiers.computeIfAbsent(role, r -> compute(r, source)));
    }

    private String compute(String role, PasswordSource source) {
        return verifier(role, read(role, source));
    }

    /**
     * @param password is wiped
     * @throws ProvisionException with {@link ExitCode#FAILED} where the driver computes none
     */
    static String verifier(String role, char[] password) {
        try {
            return Verifier.of(password);
        } catch (RuntimeException e) {
            // Neither as a cause: its message may have a part of the password.
            throw new ProvisionException(
                    ExitCode.FAILED,
                    Problem.error(("the password of %s cannot be used: it has no SCRAM-SHA-256 verifier, as where"
                                    + " SASLprep (RFC 4013) leaves nothing of its characters")
                                    .formatted(role))
                            .remedy("give it another password, and run the same command again"));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** @return what a Redis keeps of the user's password; empty where the manifest names no source */
    Optional<PasswordHash> redisHash(String user) {
        return Optional.ofNullable(redisSources.get(user)).map(source -> hash(read(user, source)));
    }

    /**
     * Makes sure, before anything is tried, that the passwords of roles and Redis users can be had. What is to be
     * generated is not made yet.
     *
     * @throws ProvisionException with {@link ExitCode#USAGE} that tells every one that cannot
     */
    void require(Collection<String> roles, Collection<String> redisUsers) {
        List<Problem> problems = new ArrayList<>();
        roles.forEach(role -> require(role, sources, problems));
        redisUsers.forEach(user -> require(user, redisSources, problems));
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, problems.stream().distinct().toList());
        }
    }

    private void require(String name, Map<String, PasswordSource> where, List<Problem> problems) {
        PasswordSource source = where.get(name);
        if (source != null && !(source instanceof PasswordSource.Generate)) {
            try {
                Arrays.fill(read(name, source), '\0');
            } catch (ProvisionException e) {
                problems.addAll(e.problems());
            }
        }
    }

    /**
     * The users of these namespaces that the manifest knows a password of. What is to be generated is not made for
     * this, because nobody can have it yet. What cannot be read is not known, and here that is no fault, as it is none
     * for a role that stands. None, where the manifest takes commands from them that it takes.
     *
     * @param namespaces those that are to be tried
     * @param made the users whom this run made
     * @return to be wiped by the caller
     */
    List<NamespaceOwner> owners(Set<String> namespaces, Set<String> made) {
        return instances.stream()
                .filter(instance -> usersMayTry && namespaces.contains(instance.names().namespace()))
                .flatMap(instance -> instance.redisPassword()
                        .flatMap(source -> owner(instance.names(), source, made))
                        .stream())
                .toList();
    }

    /** What the tool generates is nobody's before it was given to somebody: an adopted user has its own. */
    private Optional<NamespaceOwner> owner(Names names, PasswordSource source, Set<String> made) {
        String user = names.redisUser();
        boolean certain = !(source instanceof PasswordSource.Generate);
        return known(user, source)
                .map(password -> new NamespaceOwner(names.namespace(), user, password, certain, made.contains(user)));
    }

    /**
     * A role's, where it can be had; what is to be generated is not made for this.
     *
     * @return to be wiped by the caller
     */
    public Optional<char[]> ofRole(String role) {
        return Optional.ofNullable(sources.get(role)).flatMap(source -> known(role, source));
    }

    /** The same of a Redis user, as a server keeps it. */
    public Optional<PasswordHash> ofRedisUser(String user) {
        return Optional.ofNullable(redisSources.get(user)).flatMap(source -> known(user, source)).map(Passwords::hash);
    }

    private static PasswordHash hash(char[] password) {
        try {
            return PasswordHash.of(password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private Optional<char[]> known(String user, PasswordSource source) {
        try {
            return Optional.of(
                    source instanceof PasswordSource.Generate generate
                            ? SecretFile.read(generate.path())
                            : read(user, source));
        } catch (ProvisionException e) {
            return Optional.empty();
        }
    }

    private char[] read(String role, PasswordSource source) {
        return source instanceof PasswordSource.Generate generate
                ? SecretFile.readOrGenerate(generate.path())
                : kept(role, source, environment);
    }

    /** From a source that somebody else keeps. */
    static char[] kept(String role, PasswordSource source, Map<String, String> environment) {
        if (source instanceof PasswordSource.Environment env) {
            String value = environment.getOrDefault(env.variable(), "");
            if (value.isEmpty()) {
                throw new ProvisionException(
                        ExitCode.USAGE,
                        Problem.error("the password of %s is to come from the variable %s, which is not set"
                                        .formatted(role, env.variable()))
                                .remedy("set it"));
            }
            return value.toCharArray();
        }
        return SecretFile.read(
                source instanceof PasswordSource.File file
                        ? file.path()
                        : ((PasswordSource.Generate) source).path());
    }
}
