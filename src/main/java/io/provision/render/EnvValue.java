package io.provision.render;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The value of an environment variable: text, and references to variables that are filled when it is read. */
record EnvValue(List<Part> parts) {

    /** What every reader of an env file and every shell takes as it stands. */
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]*");

    EnvValue {
        parts = List.copyOf(parts);
    }

    /** A piece of a value. */
    sealed interface Part {

        /** Stands for itself. */
        record Text(String text) implements Part {}

        /**
         * Stands for a variable's value.
         *
         * @param operator {@code :-} and what counts where it is not set, {@code :?} and what is told then
         */
        record Reference(String variable, Optional<String> operator) implements Part {

            public Reference {
                Objects.requireNonNull(variable, "variable");
                Objects.requireNonNull(operator, "operator");
            }

            String written() {
                return "${" + variable + operator.orElse("") + "}";
            }
        }
    }

    static EnvValue of(String text) {
        return new EnvValue(List.of(new Part.Text(text)));
    }

    static Part required(String variable, String told) {
        return new Part.Reference(variable, Optional.of(":?" + told));
    }

    static Part withDefault(String variable, String otherwise) {
        return new Part.Reference(variable, Optional.of(":-" + otherwise));
    }

    /** For docker compose, which fills what a dollar begins. */
    String forCompose() {
        StringBuilder written = new StringBuilder();
        for (Part part : parts) {
            written.append(part instanceof Part.Reference reference
                    ? reference.written()
                    : ((Part.Text) part).text().replace("$", "$$"));
        }
        return written.toString();
    }

    /** For an env file: bare wherever that means the same to a shell, to docker compose and to {@code docker run}. */
    String forEnvFile() {
        if (parts.stream().noneMatch(Part.Reference.class::isInstance)) {
            String text = parts.stream().map(part -> ((Part.Text) part).text()).collect(Collectors.joining());
            return BARE.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
        }
        boolean bare = true;
        StringBuilder written = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Reference reference) {
                written.append(reference.written());
            } else {
                String text = ((Part.Text) part).text();
                bare &= BARE.matcher(text).matches();
                written.append(text.replaceAll("[\\\\\"$`]", "\\\\$0"));
            }
        }
        return bare ? written.toString() : "\"" + written + "\"";
    }
}
