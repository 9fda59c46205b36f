package io.provision.cli;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.naming.Names;
import io.provision.naming.PercentEncoding;
import io.provision.plan.Store;
import io.provision.postgres.LoginGrants;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.redis.LoginAclRule;
import io.provision.report.GrantsReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code grants}: what gives a provisioning login the least it needs. */
@Command(name = "grants", description = "Prints the SQL and the ACL rule that give a provisioning login the least it "
        + "needs for this manifest. Touches no server.")
final class GrantsCommand implements Subcommand {

    private static final int LONGEST_ROLE = 63;
    private static final Pattern DATABASE =
            Pattern.compile("(?:jdbc:)?postgres(?:ql)?(?:\\+\\w+)?:(?://[^/?]*/)?([^/?]+)(?:\\?.*)?");

    @Parameters(paramLabel = "LOGIN", description = "The login's name.")
    private String login;

    @Override
    public List<OutputFormat> formats() {
        return List.of(OutputFormat.TEXT, OutputFormat.JSON, OutputFormat.YAML, OutputFormat.SQL);
    }

    @Override
    public ExitCode run(Invocation invocation) {
        Manifest manifest = ManifestFiles.load(invocation);
        ManifestFiles.tellWarnings(invocation, manifest);
        boolean redis = invocation.options().stores().contains(Store.REDIS) && manifest.redis().acl();
        refuseNoLogin(invocation, redis);
        GrantsReport report = new GrantsReport(
                login,
                Optional.of(Store.POSTGRES)
                        .filter(invocation.options().stores()::contains)
                        .map(store -> sql(invocation, manifest)),
                redis ? Optional.of(new LoginAclRule(login)) : Optional.empty());
        switch (invocation.format()) {
            case TEXT -> invocation.print(report.text());
            case SQL -> invocation.print(sql(invocation, manifest).script());
            default -> invocation.print(report.document());
        }
        return ExitCode.DONE;
    }

    private void refuseNoLogin(Invocation invocation, boolean redis) {
        boolean sql = invocation.format() == OutputFormat.SQL;
        if (!login.matches("[^\\s\\p{Cntrl}\"'\\\\]+")
                || login.getBytes(StandardCharsets.UTF_8).length > LONGEST_ROLE) {
            throw refusal("`" + login + "` cannot be a login",
                    "choose a name of at most 63 bytes without white space, quotes and backslashes");
        }
        if ((sql || invocation.options().stores().contains(Store.POSTGRES)) && isReserved(login)) {
            throw refusal("PostgreSQL keeps the name `" + login + "` for itself", "choose another one");
        }
        if (redis && !sql && login.equals("default")) {
            throw refusal("`default` is who everybody is in Redis before logging in: the rule would take from all of "
                    + "them what it does not name", "choose another name, or say `--only postgres`");
        }
    }

    /** PostgreSQL documentation, CREATE ROLE and "Predefined Roles". */
    private static boolean isReserved(String role) {
        return role.equals("public") || role.equals("none") || role.startsWith("pg_");
    }

    private static ProvisionException refusal(String why, String remedy) {
        return new ProvisionException(ExitCode.USAGE, Problem.error(why).remedy(remedy));
    }

    private LoginGrants sql(Invocation invocation, Manifest manifest) {
        List<Instance> instances = manifest.instances();
        return new LoginGrants(
                login,
                invocation.options().postgresUrl().or(manifest.postgres()::url).flatMap(GrantsCommand::database),
                instances.stream().map(instance -> instance.names().role()).toList(),
                Stream.concat(Stream.of(manifest.postgres().journalSchema()), instances.stream()
                                .flatMap(i -> Stream.concat(
                                        Stream.of(i.names().schema()), i.legacySchemas().stream())))
                        .filter(schema -> !schema.equals(Names.PUBLIC_SCHEMA))
                        .toList(),
                instances.stream().flatMap(instance -> instance.migrate().tables().stream()).toList());
    }

    /** What a URL names, percent-decoded; empty where it names none, and for {@code embedded}. */
    private static Optional<String> database(String url) {
        Matcher matcher = DATABASE.matcher(url);
        return matcher.matches() ? PercentEncoding.decoded(matcher.group(1)) : Optional.empty();
    }
}
