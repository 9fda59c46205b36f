package io.provision.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of a {@code sql:} folder ({@code postgres.md}, "What an instance gets", 5).
 *
 * @param name the file's name, without the folder
 * @param checksum SHA-256 of its bytes, lower-case hex
 * @param text with its placeholders still in it
 */
public record SqlScript(Name name, String checksum, String text) {

    public SqlScript {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(checksum, "checksum");
        Objects.requireNonNull(text, "text");
    }

    /**
     * {@code V1__name.sql} runs once, in the order of the versions ({@code V2} before {@code V10}, {@code V1.1} after
     * {@code V1}); {@code R__name.sql} runs after them, again whenever it changes.
     *
     * @param version its numbers; empty for a repeatable file
     */
    public record Name(String file, List<Long> version) implements Comparable<Name> {

        private static final Pattern FORM =
                Pattern.compile("(?:V(?<version>\\d{1,18}(?:[._]\\d{1,18})*)|R)__.+\\.sql");

        private static final Comparator<Name> ORDER = Comparator.comparing(Name::repeatable)
                .thenComparing(Name::version, Name::compareVersions)
                .thenComparing(Name::file);

        public Name {
            Objects.requireNonNull(file, "file");
            version = List.copyOf(version);
        }

        /** Empty where the file's name has another form. */
        public static Optional<Name> parse(String file) {
            Matcher matcher = FORM.matcher(file);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            List<Long> version = new ArrayList<>();
            if (matcher.group("version") != null) {
                for (String number : matcher.group("version").split("[._]")) {
                    version.add(Long.parseLong(number));
                }
            }
            return Optional.of(new Name(file, version));
        }

        public boolean repeatable() {
            return version.isEmpty();
        }

        @Override
        public int compareTo(Name other) {
            return ORDER.compare(this, other);
        }

        /** Whether both are versioned, and this one's version comes first. */
        public boolean precedes(Name other) {
            return !repeatable() && !other.repeatable() && compareVersions(version, other.version) < 0;
        }

        private static int compareVersions(List<Long> some, List<Long> others) {
            for (int i = 0; i < Math.min(some.size(), others.size()); i++) {
                int order = Long.compare(some.get(i), others.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(some.size(), others.size());
        }
    }
}
