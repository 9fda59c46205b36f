package io.provision.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The value of an environment variable: text, and references to variables that are filled when it is read. */
record EnvValue(List<Part> parts) {

    /** What every reader of an env file and every shell takes as it stands, beside letters and digits. */
    private static final String BARE = "_@%+=:,./-";

    private static final Pattern REFERENCE = Pattern.compile("\\$(?<brace>\\{)?(?<name>[A-Za-z_][A-Za-z0-9_]*)");
    private static final Part NOTHING = new Part.Text("");

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

    /**
     * A value of the manifest, in which a variable stays one: what it stands for may be a secret, and differs from
     * machine to machine. A dollar is written twice.
     *
     * @param written as the manifest has it, which was read without fault
     */
    static EnvValue ofWritten(String written) {
        List<Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < written.length()) {
            Matcher reference = REFERENCE.matcher(written).region(at, written.length());
            if (written.startsWith("$$", at)) {
                text.append('$');
                at += 2;
            } else if (reference.lookingAt()) {
                int end = reference.group("brace") == null ? reference.end() : endOfBraces(written, at);
                parts.add(new Part.Text(text.toString()));
                text.setLength(0);
                parts.add(new Part.Reference(
                        reference.group("name"),
                        Optional.of(written.substring(reference.end(), Math.max(reference.end(), end - 1)))
                                .filter(operator -> !operator.isEmpty())));
                at = end;
            } else {
                text.append(written.charAt(at++));
            }
        }
        parts.add(new Part.Text(text.toString()));
        return new EnvValue(parts.stream().filter(part -> !part.equals(NOTHING)).toList());
    }

    /** @return just behind the brace that ends what begins at {@code start}; the text's end where none does */
    static int endOfBraces(String written, int start) {
        int depth = 0;
        for (int at = start; at < written.length(); at++) {
            if (written.startsWith("${", at)) {
                depth++;
            } else if (written.charAt(at) == '}' && --depth == 0) {
                return at + 1;
            }
        }
        return written.length();
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
                    : ComposeFile.escaped(((Part.Text) part).text()));
        }
        return written.toString();
    }

    /** For an env file: bare wherever that means the same to a shell, to docker compose and to {@code docker run}. */
    String forEnvFile() {
        Optional<String> plain = plain();
        if (plain.isPresent()) {
            String text = plain.get();
            // To docker compose, an apostrophe ends what is in apostrophes, and behind a backslash does not.
            if (text.indexOf('\'') < 0 && !text.endsWith("\\")) {
                return isBare(text) ? text : "'" + text + "'";
            }
        }
        boolean bare = true;
        StringBuilder written = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Reference reference) {
                // Between double quotes, to a shell and to docker compose alike.
                String quoted = escaped(reference.written(), "\\\"`").replace("$$", "\\$");
                bare &= quoted.equals(reference.written()) && !quoted.contains("'");
                written.append(quoted);
            } else {
                String text = ((Part.Text) part).text();
                bare &= isBare(text);
                written.append(escaped(text, "\\\"$`"));
            }
        }
        return bare ? written.toString() : "\"" + written + "\"";
    }

    /** @return empty where a reference is in it */
    private Optional<String> plain() {
        if (parts.size() == 1 && parts.get(0) instanceof Part.Text text) {
            return Optional.of(text.text());
        }
        StringBuilder all = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Text text) {
                all.append(text.text());
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(all.toString());
    }

    private static boolean isBare(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letterOrDigit && BARE.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** With a backslash before each of some characters. */
    private static String escaped(String text, String characters) {
        StringBuilder escaped = new StringBuilder(text.length() + 2);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (characters.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }
}
