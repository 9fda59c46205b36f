package io.provision.verify;

import io.provision.plan.Login;
import io.provision.postgres.Sql;
import io.provision.postgres.isolation.Exposure;
import io.provision.postgres.isolation.RoleFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a role can do everywhere, whatever the ACLs say: by an attribute, or because it is a predefined role. */
final class RoleAttributes {

    /** Manual, "Predefined Roles"; those that leave what instances have alone are not among them. */
    private static final Map<String, String> PREDEFINED = Map.of(
            "pg_read_all_data", "may read all tables, views and sequences",
            "pg_write_all_data", "may write all tables, views and sequences",
            "pg_maintain", "may lock and maintain all tables",
            "pg_read_all_stats", "may see the statements of all sessions, and what stands in them",
            "pg_signal_backend", "may end the sessions of all others",
            "pg_read_server_files", "may read all files of the server",
            "pg_write_server_files", "may write all files of the server",
            "pg_execute_server_program", "may run programs as the server");

    private final int serverVersion;
    private final Login admin;

    RoleAttributes(int serverVersion, Login admin) {
        this.serverVersion = serverVersion;
        this.admin = admin;
    }

    /** What members have, too. */
    List<Exposure> inherited(RoleFacts role) {
        List<Exposure> exposures = new ArrayList<>();
        if (PREDEFINED.containsKey(role.name())) {
            exposures.add(Exposure.ofAll(role.name(), PREDEFINED.get(role.name())));
        }
        if (role.ownsDatabase()) {
            exposures.add(Exposure.ofAll(
                    role.name(),
                    "owns the database",
                    "ALTER DATABASE %s OWNER TO %s;"
                            .formatted(Sql.identifier(admin.database()), Sql.identifier(admin.name()))));
        }
        return exposures;
    }

    /** What only the role itself has, and whoever can SET ROLE to it. */
    List<Exposure> own(RoleFacts role) {
        List<Exposure> exposures = new ArrayList<>();
        if (role.superuser()) {
            exposures.add(attribute(role, "is a superuser", "NOSUPERUSER"));
        }
        if (role.bypassesRowSecurity()) {
            exposures.add(attribute(role, "sees past row security (BYPASSRLS)", "NOBYPASSRLS"));
        }
        if (role.replicates()) {
            exposures.add(attribute(role, "may copy the whole server (REPLICATION)", "NOREPLICATION"));
        }
        if (role.createsRoles() && grantsItselfAnyRole()) {
            exposures.add(attribute(role, "may grant itself every other role (CREATEROLE)", "NOCREATEROLE"));
        }
        return exposures;
    }

    private static Exposure attribute(RoleFacts role, String how, String remedy) {
        return Exposure.ofAll(role.name(), how, "ALTER ROLE %s %s;".formatted(Sql.identifier(role.name()), remedy));
    }

    /** From PostgreSQL 16 on, only those that it has ADMIN on. */
    private boolean grantsItselfAnyRole() {
        return serverVersion < 160000;
    }

    List<String> warnings(Collection<RoleFacts> facts, Set<String> tenantRoles) {
        return facts.stream()
                .filter(role -> role.createsRoles() && !role.superuser() && !grantsItselfAnyRole())
                .filter(role -> tenantRoles.contains(role.name()))
                .map(role -> "%s may make roles (CREATEROLE); close it with: ALTER ROLE %s NOCREATEROLE;"
                        .formatted(role.name(), Sql.identifier(role.name())))
                .toList();
    }
}
