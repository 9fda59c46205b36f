package io.provision.manifest;

import io.provision.naming.Adapter;
import io.provision.naming.Derivation;
import io.provision.naming.Identity;
import io.provision.naming.NameDeriver;
import io.provision.naming.NameRules;
import io.provision.naming.Names;
import io.provision.naming.NamingRule;
import io.provision.naming.Overrides;
import io.provision.problem.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes an instance of its settings, after the cascade. */
final class InstanceReader {

    /** What names are made from: where one of these is broken, the names that would come out are not meant. */
    private static final List<String> NAMING_KEYS =
            List.of("naming", "stem", "schema", "namespace", "role", "redis_user");

    private final Path folder;
    private final String journalSchema;
    private final Faults faults;
    private final PasswordReader passwords;
    private final VolumeReader volumes;

    InstanceReader(Path folder, String journalSchema, Faults faults) {
        this.folder = folder;
        this.journalSchema = journalSchema;
        this.faults = faults;
        this.passwords = new PasswordReader(folder, faults);
        this.volumes = new VolumeReader(folder, faults);
    }

    /** @param serviceKnown whether the identity's service is the instance's, and not only a stand-in */
    Draft read(Identity identity, Settings settings, boolean serviceKnown) {
        List<Volume> folders = volumes.read(settings.below("volumes"), identity.instance());
        List<Reader> readers = readers(settings, identity);
        Optional<PasswordSource> postgresPassword = password(settings, "postgres_password", identity);
        Optional<PasswordSource> redisPassword = password(settings, "redis_password", identity);
        NamingRule rule = rule(settings.text("naming"));
        Optional<Adapter> adapter = adapter(settings, rule);
        Optional<Names> names = serviceKnown && !namingIsBroken(settings)
                ? names(identity, rule, settings)
                : Optional.empty();
        boolean valid = names.filter(known -> valid(identity, known, settings)).isPresent();
        Instance instance = new Instance(
                identity, rule, adapter.orElse(Adapter.of(rule)), settings.text("stem"),
                names.orElseGet(() -> unknown(identity)),
                settings.choice("owner", Instance.Owner.class, Instance.Owner.ROLE),
                settings.texts("legacy_schemas"),
                settings.texts("legacy_namespaces"),
                settings.texts("shares_namespace_with"),
                readers, postgresPassword, redisPassword,
                migrate(settings.below("migrate")),
                settings.text("sql").map(sql -> folder.resolve(sql).normalize()),
                folders,
                ports(settings.below("ports")),
                settings.text("compose_service").orElse(identity.instance().toLowerCase(Locale.ROOT)),
                texts(settings.below("labels")),
                environment(settings.below("environment")),
                settings.yes("protect"),
                settings.place());
        return new Draft(instance, settings, valid);
    }

    private static boolean namingIsBroken(Settings settings) {
        for (String key : NAMING_KEYS) {
            if (settings.isBroken(key)) {
                return true;
            }
        }
        return false;
    }

    static NamingRule rule(Optional<String> id) {
        return id.flatMap(NamingRule::byId).orElse(NamingRule.COMPONENT);
    }

    Optional<Adapter> adapter(Settings settings, NamingRule naming) {
        Settings said = settings.below("adapter");
        if (said.entries().isEmpty()) {
            return Optional.of(Adapter.of(settings.scalar("adapter").isPresent()
                    ? rule(settings.text("adapter"))
                    : naming));
        }
        if (said.hasBroken()) {
            return Optional.empty();
        }
        NamingRule rule = said.get("rule").isPresent() ? rule(said.text("rule")) : naming;
        Adapter adapter = new Adapter(rule, said.text("env_prefix"));
        if (adapter.environmentPrefix().isPresent() && adapter.rule() != NamingRule.PYTHON_DATA_ADAPTER) {
            faults.error(said.place("env_prefix"), "the adapter " + adapter.rule().id()
                    + " reads no prefixed variables", "take `env_prefix` away, or say `rule: python-data-adapter`");
        }
        return Optional.of(adapter);
    }

    static Overrides overrides(Settings settings) {
        return new Overrides(settings.text("stem"), settings.text("schema"),
                settings.text("namespace"), settings.text("role"), settings.text("redis_user"));
    }

    Map<String, String> volumesAsWritten(Settings settings, Identity identity) {
        return volumes.asWritten(settings.below("volumes"), identity.instance());
    }

    private Optional<Names> names(Identity identity, NamingRule rule, Settings settings) {
        Overrides overrides = overrides(settings);
        List<String> reasons = new ArrayList<>(NameRules.faultsOfIdentity(identity));
        Derivation derivation = reasons.isEmpty()
                ? NameDeriver.derive(identity, rule, overrides, volumesAsWritten(settings, identity))
                : new Derivation.Impossible(reasons);
        if (derivation instanceof Derivation.Impossible impossible) {
            impossible.reasons()
                    .forEach(reason -> tell(identity, placeOf(reason, settings), hidden(reason, settings)));
            return Optional.empty();
        }
        return Optional.of(((Derivation.Derived) derivation).names());
    }

    private boolean valid(Identity identity, Names names, Settings settings) {
        List<String> wrong = NameRules.faultsOfNames(names, settings.get("schema").isPresent(), journalSchema);
        wrong.forEach(fault -> tell(identity, placeOf(fault, names, settings), hidden(fault, settings)));
        return wrong.isEmpty();
    }

    /** Names that no instance can have, and no two share. */
    private static Names unknown(Identity identity) {
        String name = "?" + identity.instance();
        return new Names(name, name, name, name, name, Map.of());
    }

    /** The line of the override that the sentence speaks of, or the instance's. */
    private static Place placeOf(String fault, Names names, Settings settings) {
        Map<String, String> overridden = new LinkedHashMap<>();
        overridden.put("schema", names.schema());
        overridden.put("role", names.role());
        overridden.put("namespace", names.namespace());
        overridden.put("redis_user", names.redisUser());
        return overridden.entrySet().stream()
                .filter(name -> settings.get(name.getKey()).isPresent() && fault.contains(name.getValue()))
                .map(name -> settings.place(name.getKey()))
                .findFirst()
                .orElse(settings.place());
    }

    /** The line of the override whose key and template the sentence begins with, or the instance's. */
    private static Place placeOf(String reason, Settings settings) {
        return NAMING_KEYS.stream()
                .filter(key -> settings.text(key)
                        .filter(template -> reason.startsWith("`%s: %s`".formatted(key, template)))
                        .isPresent())
                .map(settings::place)
                .findFirst()
                .orElse(settings.place());
    }

    /** A sentence of naming shows names as they came out, or proposes such: not where a variable filled them. */
    private static String hidden(String fault, Settings settings) {
        return NAMING_KEYS.stream()
                .flatMap(key -> settings.scalar(key).stream())
                .filter(scalar -> scalar.isFilled() && plain(fault).contains(plain(scalar.text())))
                .findFirst()
                .map(scalar -> "`" + scalar.written() + "` gives a name that cannot be: lower-case ASCII letters, "
                        + "digits and underscores, no reserved word, 63 bytes at most")
                .orElse(fault);
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    }

    private void tell(Identity identity, Place place, String fault) {
        faults.error(place, "instance `" + identity.instance() + "`: " + fault);
    }

    private Optional<PasswordSource> password(Settings settings, String ofOne, Identity identity) {
        return settings.get(ofOne).isPresent()
                ? passwords.read(settings.below(ofOne), identity)
                : passwords.read(settings.below("password"), identity);
    }

    private List<Reader> readers(Settings settings, Identity identity) {
        List<Reader> readers = new ArrayList<>();
        new LinkedHashSet<>(settings.texts("readers"))
                .forEach(role -> readers.add(new Reader(role, Optional.empty())));
        Settings byName = settings.below("readers");
        byName.entries().keySet().forEach(role -> readers.add(
                new Reader(role, passwords.read(byName.below(role).below("password"), identity))));
        return readers;
    }

    private static Migrate migrate(Settings settings) {
        return new Migrate(
                List.copyOf(new LinkedHashSet<>(settings.texts("tables"))),
                settings.choice("views", Migrate.Views.class, Migrate.Views.NONE),
                settings.choice("owner", Migrate.TableOwner.class, Migrate.TableOwner.KEEP));
    }

    private static Ports ports(Settings settings) {
        return new Ports(port(settings, "http"), port(settings, "grpc"));
    }

    private static OptionalInt port(Settings settings, String key) {
        return settings.text(key).map(text -> OptionalInt.of(Integer.parseInt(text))).orElse(OptionalInt.empty());
    }

    private static Map<String, EnvironmentSetting> environment(Settings settings) {
        Map<String, EnvironmentSetting> environment = new LinkedHashMap<>();
        settings.entries().keySet().forEach(key -> settings.scalar(key).ifPresent(scalar ->
                environment.put(key, new EnvironmentSetting(scalar.written(), scalar.text()))));
        return environment;
    }

    private static Map<String, String> texts(Settings settings) {
        Map<String, String> texts = new LinkedHashMap<>();
        settings.entries().keySet().forEach(key -> settings.text(key).ifPresent(text -> texts.put(key, text)));
        return texts;
    }
}
