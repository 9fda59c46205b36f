package io.provision.report;

import io.provision.postgres.LoginGrants;
import io.provision.redis.LoginAclRule;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code grants} prints; a part that was left out is empty. */
public record GrantsReport(String login, Optional<LoginGrants> postgres, Optional<LoginAclRule> redis) {

    public GrantsReport {
        Objects.requireNonNull(login, "login");
        Objects.requireNonNull(postgres, "postgres");
        Objects.requireNonNull(redis, "redis");
    }

    /** The SQL, then the ACL rule. */
    public String text() {
        return Stream.of(postgres.map(LoginGrants::script), redis.map(LoginAclRule::text))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("\n"));
    }

    public Document document() {
        Document document = new Document().put("login", login);
        postgres.ifPresent(grants -> document.put("postgres", new Document()
                .put("statements", grants.statements().stream().map(GrantsReport::statement).toList())));
        redis.ifPresent(rule -> document.put("redis", new Document()
                .put("rule", rule.rule())
                .put("commands", rule.commands().stream().map(GrantsReport::commands).toList())));
        return document;
    }

    private static Document statement(LoginGrants.Statement statement) {
        return new Document()
                .put("sql", statement.sql())
                .put("why", statement.why())
                .put("kind", statement.kind().name().toLowerCase(Locale.ROOT));
    }

    private static Document commands(LoginAclRule.Commands commands) {
        return new Document()
                .put("commands", commands.names())
                .put("why", commands.why())
                .put("optional", commands.optional());
    }
}
