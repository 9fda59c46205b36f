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

    private static final String NEITHER = "it has neither an ACL file nor a configuration file";

    private final Node node;

    UserFile(Node node) {
        this.node = node;
    }

    /** How users are written down. */
    private enum Kind { ACL_FILE, CONFIGURATION, NONE }

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
        });
    }

    /** @return why they will be; empty where there is a file to write them to */
    Optional<String> loss() {
        return asking(jedis -> kind(jedis) == Kind.NONE ? Optional.of(lost(NEITHER)) : Optional.empty());
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
            return Optional.of("whether users%s outlive a restart is not known: %s"
                    .formatted(node.at(), e.problems().get(0).message()));
        }
    }

    private String lost(String why) {
        return "users%s are lost when the server restarts: %s".formatted(node.at(), why);
    }

    /** Of a file that nobody wrote: new users are not in it, and dropped ones still are. */
    private String unwritten(String answer) {
        return "a restart of the server brings back the users%s of before: the server says: %s"
                .formatted(node.at(), node.connection().target().withoutPassword(answer));
    }

    private static Kind kind(Jedis jedis) {
        if (!jedis.configGet("aclfile").getOrDefault("aclfile", "").isEmpty()) {
            return Kind.ACL_FILE;
        }
        return CONFIG_FILE.matcher(jedis.info("server")).find() ? Kind.CONFIGURATION : Kind.NONE;
    }
}
