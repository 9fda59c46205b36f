package io.provision.manifest;

import io.provision.manifest.Shape.Choice;
import io.provision.manifest.Shape.Either;
import io.provision.manifest.Shape.Fields;
import io.provision.manifest.Shape.Joining;
import io.provision.manifest.Shape.Key;
import io.provision.manifest.Shape.Listing;
import io.provision.manifest.Shape.Text;
import io.provision.naming.NamingRule;
import java.util.Arrays;
import java.util.List;

/** The shapes that several keys share. */
final class Shapes {

    static final Shape ANY_TEXT = text("a text", Text.ANYTHING);
    /** A folder called ~ is made by mistake, and taken away with somebody's home. */
    static final Shape PATH = text("a path (a shell's ~ is none)", "(?!~)[^\\u0000-\\u001f]+");
    static final Shape ROOT = text(PATH.expected() + " without placeholders", "(?!~)[^\\u0000-\\u001f{}]+");
    static final Shape YES_NO = new Choice(List.of("true", "false"));
    static final Shape PORT = text("a port, 1 to 65535", "[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}"
            + "|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]");
    static final Shape MODE = text("an octal mode such as 0750", "(0o)?[0-7]{3,4}");
    /** YAML ends a line in more ways than a file does. Several lines may be a private key: they are not shown. */
    static final Shape LINE = secret("a text of one line", "[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*");
    static final Text VARIABLE = text("the name of an environment variable", "[A-Za-z_][A-Za-z0-9_]*");
    static final Text SERVICE_NAME = text(
            "a service's name: lower-case segments joined by single hyphens, a letter first, 63 at most",
            "(?=.{1,63}$)[a-z][a-z0-9_]*(-[a-z0-9_]+)*");
    static final Text INSTANCE_NAME = text(
            "an instance's name: segments of letters, digits and _ joined by single hyphens, a letter first, 63 "
                    + "at most",
            "(?=.{1,63}$)[A-Za-z][A-Za-z0-9_]*(-[A-Za-z0-9_]+)*");
    static final Text FOLDER = text("a folder's plain name", "[A-Za-z0-9_][A-Za-z0-9_.-]*");
    /** No name is longer than 63 bytes, and whether two globs meet takes the square of their length to tell. */
    static final Text TABLE = text(
            "a table of public, or a glob with * and ?, without schema or quotes, 255 characters at most",
            "[^\\s.\"'\\[\\]{}\\\\]{1,255}");
    static final Shape RULE = new Choice(Arrays.stream(NamingRule.values()).map(NamingRule::id).toList());
    static final Shape POSTGRES_URL = secret("`embedded`, or a URL that begins with postgres://, postgresql:// or "
            + "jdbc:postgresql://", "(embedded|jdbc:postgresql:.+|postgres(ql)?(\\+[a-z0-9]+)?://.*)?");
    static final Shape REDIS_NODE = secret("a URL that begins with redis:// or rediss://", "rediss?://.+");
    static final Shape REDIS_URL = new Either(List.of(
            secret("`embedded`, or a URL that begins with redis://, rediss:// or redis+sentinel://",
                    "embedded|rediss?(\\+sentinel)?://.+"),
            new Listing(REDIS_NODE, 1)));

    static final Fields PASSWORD = new Fields(List.of(
            new Key("env", "The environment variable that holds the password.",
                    // Whoever mistakes it writes the password itself.
                    secret(VARIABLE.expected(), VARIABLE.pattern())),
            new Key("file", "The file whose first line is the password.", PATH),
            new Key("generate", "A file that is made once with a random password, mode 0600. "
                    + "{instance} and {service} are filled in.", PATH)), Joining.ONE_OF);

    static final Fields TLS = fields(
            new Key("ca", "File of the certificate authority.", PATH),
            new Key("cert", "File of the client's certificate.", PATH),
            new Key("key", "File of the client's private key.", PATH));

    private Shapes() {}

    static Text text(String expected, String pattern) {
        return new Text(expected, pattern, false);
    }

    static Text secret(String expected, String pattern) {
        return new Text(expected, pattern, true);
    }

    static Fields fields(Key... keys) {
        return new Fields(List.of(keys), Joining.KEY_BY_KEY);
    }
}
