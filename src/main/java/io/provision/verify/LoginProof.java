package io.provision.verify;

import io.provision.manifest.Instance;
import io.provision.plan.Store;
import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.Failures;
import io.provision.postgres.Postgres;
import io.provision.postgres.Session;
import io.provision.postgres.isolation.GrantedSchemas;
import io.provision.postgres.isolation.OwnReach;
import io.provision.postgres.isolation.Tenant;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Logs in as each instance would, and asks the server what that login can do with what is others'. */
final class LoginProof {

    private static final String NAME = "login";

    private final Postgres postgres;
    private final GrantedSchemas granted;
    private final Map<String, List<Tenant>> bySchema;
    private final Map<String, Set<String>> firstsByRole;
    private final Function<String, Optional<char[]>> passwords;
    private final List<Check> checks = new ArrayList<>();
    private final List<Breach> breaches = new ArrayList<>();
    private final UnknownPasswords unknown = new UnknownPasswords();

    /** @param passwords of roles, where they are known; wiped here after use */
    LoginProof(Postgres postgres, Collection<Tenant> tenants, Function<String, Optional<char[]>> passwords) {
        this.postgres = postgres;
        this.bySchema = new LinkedHashMap<>();
        tenants.forEach(tenant -> tenant.schemas().forEach(
                schema -> bySchema.computeIfAbsent(schema, s -> new ArrayList<>()).add(tenant)));
        this.firstsByRole = firsts(tenants);
        this.granted = granted(postgres, bySchema.keySet());
        this.passwords = passwords;
    }

    private static GrantedSchemas granted(Postgres postgres, Collection<String> schemas) {
        try (Session session = postgres.open()) {
            session.beginReadOnly();
            GrantedSchemas granted = GrantedSchemas.of(session, schemas);
            session.rollback();
            return granted;
        } catch (DatabaseFailure e) {
            throw Failures.of("verifying", e);
        }
    }

    Evidence prove(Collection<Instance> instances) {
        for (Instance instance : instances) {
            String role = instance.names().role();
            passwords.apply(role).ifPresentOrElse(
                    password -> enter(instance, role, password),
                    () -> unknown.add(instance.name(), role));
        }
        return new Evidence(checks, breaches, unknown.told(
                "%s: no login was tried, because the password of %s is not known here",
                "no login was tried for %d instances, because the passwords of their roles are not known here: %s"));
    }

    private void enter(Instance instance, String role, char[] password) {
        try (Session session = postgres.as(role, password).open()) {
            OwnReach reach = OwnReach.of(session, granted, schema -> other(schema, role).isPresent());
            checks.add(searchPath(instance, role, reach.first()));
            reach.schemas().forEach(reached -> breaches.add(new Breach(
                    instance.name(),
                    other(reached, role).orElseThrow().instance(),
                    Store.POSTGRES,
                    "%s logged in, and the server lets it use what is in %s".formatted(role, reached),
                    "close what the other findings name; `\\dn+ %s` and `\\dp %s.*` in psql show who may"
                            .formatted(reached, reached))));
        } catch (ProvisionException e) {
            checks.add(Check.fails(
                    instance.name(),
                    NAME,
                    String.join("; ", e.problems().stream().map(Problem::message).toList()),
                    remedy(e, role)));
        } catch (DatabaseFailure e) {
            checks.add(Check.fails(
                    instance.name(), NAME, "%s logged in, and then: %s".formatted(role, e.getMessage()),
                    "mend that, then run the same command again"));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** @param first the schema that the login finds first; empty where it finds none */
    private Check searchPath(Instance instance, String role, String first) {
        String schema = instance.names().schema();
        return first.equals(schema) || firstsByRole.getOrDefault(role, Set.of()).contains(first)
                ? Check.holds(instance.name(), NAME, "%s logs in and finds %s".formatted(role, first))
                : Check.fails(
                        instance.name(),
                        NAME,
                        "%s logs in and looks for its tables in %s, not in %s"
                                .formatted(role, first.isEmpty() ? "no schema" : first, schema),
                        "`provision init` sets its search path");
    }

    private static String remedy(ProvisionException e, String role) {
        return Postgres.refusedLogin(e)
                ? "let the manifest's `password:` and the role's be the same: ALTER ROLE … PASSWORD, or `\\password "
                        + role + "` in psql; and let pg_hba.conf admit the role"
                : String.join("; ", e.problems().stream().flatMap(problem -> problem.remedy().stream()).toList());
    }

    /** One of these stands first in the path: where the role is several instances', or one's that lives in public. */
    private static Map<String, Set<String>> firsts(Collection<Tenant> tenants) {
        return tenants.stream().collect(Collectors.groupingBy(
                Tenant::role,
                Collectors.flatMapping(tenant -> tenant.schemas().stream().limit(1), Collectors.toSet())));
    }

    /** Who has the schema that is neither the role's own nor lets it read. */
    private Optional<Tenant> other(String schema, String role) {
        return bySchema.getOrDefault(schema, List.of()).stream()
                .filter(tenant -> !tenant.role().equals(role) && !tenant.readers().contains(role))
                .findFirst();
    }
}
