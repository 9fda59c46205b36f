package io.provision.render;

import io.provision.manifest.Instance;
import io.provision.manifest.PasswordSource;
import io.provision.naming.Names;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The variable by which a service's URL gets its password: rendered files never hold one.
 *
 * @param name of the variable; its value stands in a URL, so it is percent-encoded where it needs to be
 * @param file whose first line is the password; empty where the manifest itself names the variable
 */
record PasswordVariable(String name, Optional<Path> file) {

    /** A shell reads it, too: no quotes, no backquotes. */
    private static final String WHERE_FROM = "set it, or source env/passwords.sh";

    static Optional<PasswordVariable> ofPostgres(Instance instance) {
        return instance.postgresPassword().map(source -> of(source, instance.names(), "POSTGRES"));
    }

    static Optional<PasswordVariable> ofRedis(Instance instance) {
        return instance.redisPassword().map(source -> of(source, instance.names(), "REDIS"));
    }

    /** Named after the schema, which no two instances share and which is a variable's name in lower case. */
    private static PasswordVariable of(PasswordSource source, Names names, String store) {
        if (source instanceof PasswordSource.Environment environment) {
            return new PasswordVariable(environment.variable(), Optional.empty());
        }
        String derived = names.schema().toUpperCase(Locale.ROOT) + "_" + store + "_PASSWORD";
        return new PasswordVariable(derived, Optional.of(source instanceof PasswordSource.File file
                ? file.path()
                : ((PasswordSource.Generate) source).path()));
    }

    EnvValue.Part reference() {
        return EnvValue.required(name, file.isPresent() ? WHERE_FROM : "set it");
    }
}
