package io.provision.manifest;

import io.provision.problem.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** What must hold among instances. Linear in their number. */
final class ManifestChecks {

    private static final int NAMES_TOLD = 5;

    private record ReaderPassword(PasswordSource source, Draft draft) {}

    private final List<Draft> drafts;
    private final Collection<String> listed;
    private final PostgresSettings postgres;
    private final RedisSettings redis;
    private final Faults faults;

    ManifestChecks(List<Draft> drafts, Collection<String> listed, PostgresSettings postgres, RedisSettings redis,
            Faults faults) {
        this.drafts = drafts;
        this.listed = listed;
        this.postgres = postgres;
        this.redis = redis;
        this.faults = faults;
    }

    void check() {
        InstanceChecks each = new InstanceChecks(postgres.journalSchema(), listed, faults);
        drafts.forEach(each::check);
        new TableClaims(faults).check(drafts);
        new NamingReport(drafts, faults).tell();
        composeServices();
        readerPasswords();
        sharedSecrets();
        withoutPassword("PostgreSQL role", draft -> says(draft, "postgres_password"));
        if (redis.acl()) {
            withoutPassword("Redis user", draft -> says(draft, "redis_password"));
        }
    }

    private void composeServices() {
        Map<String, Draft> owners = new HashMap<>();
        for (Draft draft : drafts) {
            Draft other = owners.putIfAbsent(draft.instance().composeService(), draft);
            if (other != null) {
                faults.error(draft.settings().place("compose_service"), "instances `" + other.name() + "` ("
                        + other.settings().place("compose_service") + ") and `" + draft.name()
                        + "` are both the compose service `" + draft.instance().composeService() + "`",
                        "write another `compose_service:` for one of them");
            }
        }
    }

    private void readerPasswords() {
        Map<String, ReaderPassword> first = new HashMap<>();
        for (Draft draft : drafts) {
            for (Reader reader : draft.instance().readers()) {
                reader.password().ifPresent(source -> {
                    ReaderPassword known = first.putIfAbsent(reader.role(), new ReaderPassword(source, draft));
                    if (known != null && !known.source().equals(source)) {
                        faults.error(draft.settings().below("readers").place(reader.role()), "the reader `"
                                + reader.role() + "` has one password for instance `" + known.draft().name()
                                + "` and another for `" + draft.name() + "`, and is one role",
                                "say its password once, under `defaults`, without {instance} or {service}");
                    }
                });
            }
        }
    }

    /** A generated file that several instances name: most likely a forgotten {instance}. */
    private void sharedSecrets() {
        Map<PasswordSource, List<Draft>> users = new LinkedHashMap<>();
        for (Draft draft : drafts) {
            Set<PasswordSource> own = new LinkedHashSet<>();
            draft.instance().postgresPassword().ifPresent(own::add);
            draft.instance().redisPassword().ifPresent(own::add);
            for (PasswordSource source : own) {
                if (source instanceof PasswordSource.Generate) {
                    users.computeIfAbsent(source, none -> new ArrayList<>()).add(draft);
                }
            }
        }
        users.values().stream().filter(sharing -> sharing.size() > 1).forEach(sharing -> {
            Settings first = sharing.get(0).settings();
            faults.warning(first.below("password").place("generate"), "one generated password is shared by "
                    + some(sharing, Draft::name), "write {instance} in its path, so that each gets its own");
        });
    }

    private static boolean says(Draft draft, String key) {
        return draft.settings().get(key).or(() -> draft.settings().get("password")).isPresent();
    }

    /** One sentence for all: with ten thousand instances nobody reads ten thousand. */
    private void withoutPassword(String what, Predicate<Draft> saying) {
        List<Draft> without = drafts.stream().filter(saying.negate()).toList();
        if (without.isEmpty()) {
            return;
        }
        Place place = without.get(0).settings().place();
        faults.warning(place, "no password is told for the " + what + " of " + some(without, Draft::name)
                + ": it is made without one, and cannot log in until it has one",
                "write `password:`, such as {generate: \".provision/secrets/{instance}\"}");
    }

    static <T> String some(List<T> all, Function<T, String> name) {
        List<String> told = new ArrayList<>();
        all.stream().limit(NAMES_TOLD).forEach(one -> told.add("`" + name.apply(one) + "`"));
        if (all.size() > NAMES_TOLD) {
            told.add((all.size() - NAMES_TOLD) + " more");
        }
        return String.join(", ", told);
    }
}
