package io.provision.postgres;

import io.provision.naming.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs statements inside a function that is SECURITY DEFINER and owned by the current role. SET ROLE alone holds
 * nobody: whatever the statements call could RESET it, and be the login. In such a function the server refuses to
 * change the role or the session's user, however deep the call (manual, SET ROLE).
 */
final class DefinerFunction {

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final List<String> statements;
    private final String unforeseen;
    private final String name;

    /**
     * @param schema one that the current role may make things in, but for {@code public}, where it often may not
     * @param statements run in order, by one call
     */
    DefinerFunction(String schema, List<String> statements) {
        this.statements = List.copyOf(statements);
        // Called once, under a name that nobody can foresee: as its owner, what the role has planted could alter a
        // function that is called again. What runs already stays as it was called.
        this.unforeseen = "provision_" + UUID.randomUUID().toString().replace('-', '_');
        this.name = (schema.equals(Names.PUBLIC_SCHEMA)
                ? "pg_temp." + unforeseen
                : Sql.qualified(schema, unforeseen)) + "()";
    }

    /** What is sent. */
    List<String> sent() {
        return around(List.of("SELECT " + name));
    }

    /** What the log is told instead. */
    List<String> shown() {
        return around(statements);
    }

    /**
     * In the end the function is replaced by one that does nothing: else the session would keep the plans of a dropped
     * one, for as long as it lasts, and look through those of all at each change of a catalog. The server lets them go
     * when it checks the body that takes their place; it looks them up by the types of the arguments, and by their
     * collation, which is known at a call alone: so there are none.
     */
    private List<String> around(List<String> calls) {
        List<String> all = new ArrayList<>();
        all.add(create("", "SECURITY DEFINER", body()));
        all.addAll(calls);
        all.add(create(" OR REPLACE", "SECURITY INVOKER", "BEGIN END"));
        all.add("DROP FUNCTION " + name);
        return all;
    }

    private String create(String orReplace, String security, String body) {
        return """
                CREATE%s FUNCTION %s RETURNS pg_catalog.void
                LANGUAGE plpgsql
                %s
                AS %s
                """
                .formatted(orReplace, name, security, Sql.literal(body));
    }

    private String body() {
        StringBuilder body = new StringBuilder("BEGIN\n");
        statements.forEach(statement -> body.append(execute(statement)));
        return body.append("END").toString();
    }

    private static String execute(String statement) {
        return "EXECUTE " + Sql.literal(statement) + ";\n";
    }

    /** @return which of the statements failed, from 0; empty where it was none of them */
    OptionalInt failed(DatabaseFailure failure) {
        int line = 2;
        int at = lineOf(failure);
        for (int i = 0; i < statements.size(); i++) {
            if (line == at) {
                return OptionalInt.of(i);
            }
            line += (int) execute(statements.get(i)).chars().filter(c -> c == '\n').count();
        }
        return OptionalInt.empty();
    }

    /** The server tells it in its own language, after the function's name; in Chinese, before it. */
    private int lineOf(DatabaseFailure failure) {
        return failure.where().lines()
                .filter(line -> line.contains(unforeseen))
                .flatMap(line -> {
                    int named = line.indexOf(unforeseen);
                    String after = line.substring(named + unforeseen.length());
                    return (after + line.substring(0, named)).lines();
                })
                .map(NUMBER::matcher)
                .filter(Matcher::find)
                .mapToInt(number -> Integer.parseInt(number.group()))
                .findFirst()
                .orElse(0);
    }
}
