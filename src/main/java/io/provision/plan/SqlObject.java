package io.provision.plan;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file of {@code sql:} made. Nothing makes it but the file; a rollback drops it.
 *
 * @param schema the schema that the file ran in
 * @param catalogType what it is, as {@code pg_identify_object} says
 * @param identity which one, as {@code pg_identify_object} says: quoted, as SQL takes it
 * @param onlyEmpty whether it must not be dropped with rows in it
 */
public record SqlObject(String schema, String catalogType, String identity, boolean onlyEmpty)
        implements PostgresResource {

    private static final Pattern ON = Pattern.compile("(\"(?:[^\"]|\"\")*\"|[^\" ]+) on (.+)");

    public SqlObject {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(catalogType, "catalogType");
        Objects.requireNonNull(identity, "identity");
    }

    /** The same, once it is known to be empty, or that it does not matter. */
    public SqlObject whateverIsInIt() {
        return new SqlObject(schema, catalogType, identity, false);
    }

    /** The table, quoted, that a trigger, a rule, a policy or a constraint is on. */
    public Optional<String> table() {
        return Optional.of(ON.matcher(identity)).filter(Matcher::matches).map(on -> on.group(2));
    }

    /** Quoted; without the table that it is on. */
    public String name() {
        return Optional.of(ON.matcher(identity)).filter(Matcher::matches).map(on -> on.group(1)).orElse(identity);
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.SQL_OBJECT;
    }

    @Override
    public String target() {
        return catalogType + " " + identity;
    }

    @Override
    public Optional<Resource> over(Optional<Resource> live) {
        return live;
    }
}
