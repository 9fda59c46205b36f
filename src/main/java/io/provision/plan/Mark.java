package io.provision.plan;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the tool writes into the comment of a role or schema that it makes, so that two manifests, or two databases of
 * one server, do not adopt each other's ({@code postgres.md}, "What an instance gets", 1).
 *
 * @param ecosystem the manifest's {@code ecosystem}
 * @param instance the instance that it was made for, or {@link Change#SHARED}
 * @param database the database that it was made for
 */
public record Mark(String ecosystem, String instance, String database) {

    /** What every mark begins with. */
    public static final String PREFIX = "provision: ecosystem=";

    private static final Pattern FORM = Pattern.compile(
            Pattern.quote(PREFIX) + "(?<ecosystem>\\S+) instance=(?<instance>\\S+) database=(?<database>.+)");

    public Mark {
        Objects.requireNonNull(ecosystem, "ecosystem");
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(database, "database");
    }

    public String text() {
        return PREFIX + ecosystem + " instance=" + instance + " database=" + database;
    }

    /** Empty where the comment is another hand's. */
    public static Optional<Mark> parse(String comment) {
        Matcher matcher = FORM.matcher(comment);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Mark(matcher.group("ecosystem"), matcher.group("instance"), matcher.group("database")));
    }

    /** Whether both were made for the same ecosystem in the same database. */
    public boolean sameOrigin(Mark other) {
        return ecosystem.equals(other.ecosystem) && database.equals(other.database);
    }
}
