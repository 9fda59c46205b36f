package io.provision.plan;

import io.provision.manifest.Instance;
import io.provision.manifest.Migrate;
import io.provision.naming.Names;
import java.util.List;
import java.util.Objects;

/**
 * What of one schema is to move to another.
 *
 * @param instance for which instance
 * @param role the instance's role
 * @param from the schema that it comes from
 * @param to the schema that it goes to
 * @param tables names, or globs with {@code *} and {@code ?}
 * @param compat whether a view of the same name is to stay
 * @param ownedByRole whether the instance's role is to own it
 */
public record MoveRequest(
        String instance,
        String role,
        String from,
        String to,
        List<String> tables,
        boolean compat,
        boolean ownedByRole) {

    public MoveRequest {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        tables = List.copyOf(tables);
    }

    public static MoveRequest of(Instance instance) {
        return new MoveRequest(
                instance.name(),
                instance.names().role(),
                Names.PUBLIC_SCHEMA,
                instance.names().schema(),
                instance.migrate().tables(),
                instance.migrate().views() == Migrate.Views.COMPAT,
                instance.migrate().owner() == Migrate.TableOwner.ROLE);
    }
}
