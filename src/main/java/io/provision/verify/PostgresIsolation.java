package io.provision.verify;

import io.provision.plan.Login;
import io.provision.postgres.Session;
import io.provision.postgres.isolation.AccessSurvey;
import io.provision.postgres.isolation.Exposure;
import io.provision.postgres.isolation.Exposure.Door;
import io.provision.postgres.isolation.RoleFacts;
import io.provision.postgres.isolation.RolesQuery;
import io.provision.postgres.isolation.Tenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which instance's role can reach what is another's: what the catalogs say of every right, joined with the closure of
 * memberships ({@code postgres.md}, "Facts seen on servers"). A constant number of queries; what is left to do here
 * grows with what is open, not with the pairs.
 */
final class PostgresIsolation {

    private final Session session;
    private final RolesQuery roles;
    private final RoleAttributes attributes;
    private final List<Tenant> tenants;
    private final String admin;

    /**
     * @param session in a transaction
     * @param tenants all of the manifest
     * @param admin who provisions, and is to own what no instance's role does
     */
    PostgresIsolation(Session session, int serverVersion, Collection<Tenant> tenants, Login admin) {
        this.session = session;
        this.roles = new RolesQuery(session, serverVersion);
        this.attributes = new RoleAttributes(serverVersion, admin);
        this.tenants = List.copyOf(tenants);
        this.admin = admin.name();
    }

    Evidence prove() {
        Set<String> tenantRoles =
                tenants.stream().map(Tenant::role).collect(Collectors.toCollection(LinkedHashSet::new));
        RoleWays ways = new RoleWays(roles.grants());
        Set<String> reach = ways.reach(tenantRoles);
        List<RoleFacts> facts =
                roles.facts().stream().filter(role -> reach.contains(role.name())).toList();
        AccessSurvey survey = AccessSurvey.of(session, tenants, reach, admin);
        Openings openings = new Openings(tenants, ways, roles::revoking);
        survey.exposures().forEach(openings::add);
        tenants.stream().map(PostgresIsolation::identity).forEach(openings::add);
        facts.stream().flatMap(role -> attributes.inherited(role).stream()).forEach(openings::add);
        facts.stream().flatMap(role -> attributes.own(role).stream()).forEach(openings::addAttribute);
        List<String> warnings = new ArrayList<>(survey.warnings());
        warnings.addAll(attributes.warnings(facts, tenantRoles));
        return new Evidence(List.of(), openings.breaches(), warnings);
    }

    /** Whoever can act as an instance's role has all that it has. */
    private static Exposure identity(Tenant tenant) {
        return new Exposure(
                tenant.role(),
                Optional.of(tenant),
                "",
                "is the role of " + tenant.instance(),
                List.of(),
                false,
                Door.BESIDE);
    }
}
