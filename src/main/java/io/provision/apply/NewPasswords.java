package io.provision.apply;

import io.provision.manifest.PasswordSource;
import io.provision.manifest.PasswordSource.Generate;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.redis.PasswordHash;
import io.provision.volumes.RotatedSecret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The passwords that a rotation sets, from the sources of the old ones: what somebody else keeps is read there, and
 * what the tool generated it generates anew.
 */
final class NewPasswords {

    private final Map<String, String> environment;
    private final Set<String> unfinished;

    /** One of each file: it knows what this run made. */
    private final Map<PasswordSource, RotatedSecret> secrets = new HashMap<>();
    private final Map<String, String> verifiers = new ConcurrentHashMap<>();

    /** @param unfinished the instances that an earlier run began to rotate, and did not end */
    NewPasswords(Map<String, String> environment, Set<String> unfinished) {
        this.environment = Map.copyOf(environment);
        this.unfinished = Set.copyOf(unfinished);
    }

    /** @throws ProvisionException USAGE, that tells of every one who has none where somebody else keeps it */
    void require(Collection<Credential> credentials) {
        List<Problem> problems = new ArrayList<>();
        for (Credential credential : credentials) {
            try {
                kept(credential);
            } catch (ProvisionException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, problems.stream().distinct().toList());
        }
    }

    /** Where somebody else keeps it: what the server would keep of it. */
    Optional<PasswordHash> kept(Credential credential) {
        return credential.source() instanceof Generate
                ? Optional.empty()
                : Optional.of(current(credential));
    }

    /** What is valid now, as the services read it. */
    PasswordHash current(Credential credential) {
        return wiping(Passwords.kept(credential.name(), credential.source(), environment), PasswordHash::of);
    }

    /** @throws ProvisionException USAGE, where it can be neither read nor made */
    PasswordHash hash(Credential credential) {
        return wiping(read(credential), PasswordHash::of);
    }

    /**
     * Works out what the server is to have of roles' passwords: that takes long, milliseconds each, and is done on all
     * processors before anything is held.
     *
     * @throws ProvisionException USAGE, where one can be neither read nor made; FAILED, where there is none of it
     */
    void prepareVerifiers(Collection<Credential> roles) {
        Map<String, char[]> read = new LinkedHashMap<>();
        roles.forEach(role -> read.put(role.name(), read(role)));
        List<Problem> problems = read.entrySet().parallelStream()
                .flatMap(role -> prepare(role.getKey(), role.getValue()).stream())
                .toList();
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.FAILED, problems);
        }
    }

    private List<Problem> prepare(String role, char[] password) {
        try {
            verifiers.put(role, Passwords.verifier(role, password));
            return List.of();
        } catch (ProvisionException e) {
            return e.problems();
        }
    }

    /** Empty where none was prepared. */
    Optional<String> verifier(String role) {
        return Optional.ofNullable(verifiers.get(role));
    }

    private char[] read(Credential credential) {
        return credential.source() instanceof Generate generate
                ? secret(credential, generate).next()
                : Passwords.kept(credential.name(), credential.source(), environment);
    }

    private static <T> T wiping(char[] password, Function<char[], T> use) {
        try {
            return use.apply(password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** The files that the tool makes, of those who log in with what is in them. */
    Collection<RotatedSecret> files(Collection<Credential> credentials) {
        return credentials.stream()
                .filter(credential -> credential.source() instanceof Generate)
                .map(credential -> secret(credential, (Generate) credential.source()))
                .distinct()
                .toList();
    }

    private RotatedSecret secret(Credential credential, Generate generate) {
        return secrets.computeIfAbsent(
                generate, source -> new RotatedSecret(generate.path(), credential.isOf(unfinished)));
    }
}
