package io.provision.redis;

import io.provision.problem.ProvisionException;
import io.provision.redis.Topology.Node;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Where a server keeps its users over a restart ({@code redis.md}, "What an instance gets", 4): in the ACL file that
 * its configuration names, or else in the configuration file itself. One that has neither is told so, and nothing is
 * turned on: a server that is given an ACL file takes everything from it, and {@code default} would be without its
 * password.
 */
final class UserFile {

    private static final Pattern CONFIG_FILE = Pattern.compile("^config_file:(?<path>.*\\S)\\s*$", Pattern.MULTILINE);

    /** As Redis says it, and Valkey. */
    private static final String NO_ACL_FILE = "not configured to use an ACL file";

    private static final String NEITHER = "it has neither an ACL file nor a configuration file";

    private final Node node;

    UserFile(Node node) {
        this.node = node;
    }

    /** How users are written down. */
    private enum Kind {
        ACL_FILE,
        CONFIGURATION,
        NONE,
        /** The server does not let the login ask ({@code rename-command CONFIG}), and may save them all the same. */
        UNTOLD
    }

    /** @return why the users will be others when the server restarts; empty where they were written down */
    Optional<String> write() {
        return asking(jedis -> switch (kind(jedis)) {
            case NONE -> Optional.of(lost(NEITHER));
            case ACL_FILE -> {
                jedis.aclSave();
                yield Optional.empty();
            }
            case CONFIGURATION -> {
                jedis.configRewrite();
                yield Optional.empty();
            }
            case UNTOLD -> {
                saveUntold(jedis);
                yield Optional.empty();
            }
        });
    }

    /** @return why they will be; empty where there is a file to write them to */
    Optional<String> loss() {
        return asking(jedis -> switch (kind(jedis)) {
            case NONE -> Optional.of(lost(NEITHER));
            case UNTOLD -> Optional.of(unknown("the server does not let CONFIG GET be asked; ACL SAVE will be tried"));
            default -> Optional.empty();
        });
    }

    /** What is no ACL file's refusal says the server; with such a file, CONFIG REWRITE would write no user down. */
    private static void saveUntold(Jedis jedis) {
        try {
            jedis.aclSave();
        } catch (JedisDataException e) {
            if (!e.getMessage().contains(NO_ACL_FILE)) {
                throw e;
            }
            jedis.configRewrite();
        }
    }

    private Optional<String> asking(Function<Jedis, Optional<String>> question) {
        try {
            return node.connection().use(jedis -> {
                try {
                    return question.apply(jedis);
                } catch (JedisDataException e) {
                    return Optional.of(unwritten(e.getMessage()));
                }
            });
        } catch (ProvisionException e) {
            return Optional.of(unknown(e.problems().get(0).message()));
        }
    }

    private String unknown(String why) {
        return "whether users%s outlive a restart is not known: %s".formatted(node.at(), why);
    }

    private String lost(String why) {
        return "users%s are lost when the server restarts: %s".formatted(node.at(), why);
    }

    /** Of a file that nobody wrote: new users are not in it, and dropped ones still are. */
    private String unwritten(String answer) {
        String said = node.connection().target().withoutPassword(answer).split(", with args", 2)[0];
        return ("users%s are not written down, and a restart of the server undoes what was changed: "
                + "the server says: %s%s")
                .formatted(node.at(), said, said.startsWith("NOPERM")
                        ? "; `provision grants LOGIN` prints what the login needs for it"
                        : "");
    }

    private static Kind kind(Jedis jedis) {
        try {
            if (!jedis.configGet("aclfile").getOrDefault("aclfile", "").isEmpty()) {
                return Kind.ACL_FILE;
            }
        } catch (JedisDataException e) {
            return Kind.UNTOLD;
        }
        return CONFIG_FILE.matcher(jedis.info("server")).find() ? Kind.CONFIGURATION : Kind.NONE;
    }
}
