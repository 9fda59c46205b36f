package io.provision.verify;

import io.provision.manifest.Instance;
import io.provision.plan.Store;
import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.Postgres;
import io.provision.postgres.Session;
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
    private final Collection<Tenant> tenants;
    private final Function<String, Optional<char[]>> passwords;
    private final List<Check> checks = new ArrayList<>();
    private final List<Breach> breaches = new ArrayList<>();
    private final UnknownPasswords unknown = new UnknownPasswords();

    /** @param passwords of roles, where they are known; wiped here after use */
    LoginProof(Postgres postgres, Collection<Tenant> tenants, Function<String, Optional<char[]>> passwords) {
        this.postgres = postgres;
        this.tenants = tenants;
        this.passwords = passwords;
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
        Map<String, Tenant> others = others(role);
        try (Session session = postgres.as(role, password).open()) {
            OwnReach reach = OwnReach.of(session, others.keySet());
            checks.add(searchPath(instance, role, reach.first()));
            reach.schemas().forEach(reached -> breaches.add(new Breach(
                    instance.name(),
                    others.get(reached).instance(),
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
        return first.equals(schema) || firsts(role).contains(first)
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
    private Set<String> firsts(String role) {
        return tenants.stream()
                .filter(tenant -> tenant.role().equals(role))
                .map(Tenant::schemas)
                .filter(schemas -> !schemas.isEmpty())
                .map(schemas -> schemas.get(0))
                .collect(Collectors.toSet());
    }

    private Map<String, Tenant> others(String role) {
        Map<String, Tenant> others = new LinkedHashMap<>();
        tenants.stream()
                .filter(tenant -> !tenant.role().equals(role) && !tenant.readers().contains(role))
                .forEach(tenant -> tenant.schemas().forEach(schema -> others.putIfAbsent(schema, tenant)));
        return others;
    }
}
