package io.provision.plan;

import java.util.Objects;

/**
 * The login that runs the tool, as the server sees it. What is desired depends on it: only a login that is no superuser
 * needs a membership in the roles that it acts for.
 *
 * @param name the role's name
 * @param database the database that it is connected to
 */
public record Login(String name, boolean superuser, String database) {

    public Login {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(database, "database");
    }
}
