package io.provision.redis;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import redis.clients.jedis.exceptions.JedisDataException;

/** What to do where a server does not do what ACLs take: it has no such command, or the login may not use it. */
final class AclRefusal {

    private static final Pattern HASH = Pattern.compile("[#!][0-9a-fA-F]{64}");

    private AclRefusal() {}

    /** @throws ProvisionException REFUSED, where the server answers with an error */
    static <T> T telling(String doing, Supplier<T> answer) {
        try {
            return answer.get();
        } catch (JedisDataException e) {
            throw new ProvisionException(ExitCode.REFUSED, problem(doing, e.getMessage()));
        }
    }

    static Problem problem(String doing, String answer) {
        // A server that does not know a command repeats what it was sent, one that refuses a modifier repeats that.
        String said = HASH.matcher(answer.split(", with args", 2)[0]).replaceAll("#…");
        Problem problem = Problem.error("%s: the server says: %s".formatted(doing, said));
        if (Refusal.in(answer).filter(Refusal.NOPERM::equals).isPresent()) {
            return problem.remedy("give the login what `provision grants LOGIN` prints; where the service does not give"
                    + " ACL commands to anybody, set `redis.acl: off`");
        }
        if (answer.toLowerCase(Locale.ROOT).contains("unknown command")) {
            return problem.remedy("this server has no ACL commands, or has them under another name: set"
                    + " `redis.acl: off`, and nothing keeps the instances apart in Redis");
        }
        return problem.remedy("look into the server's log; `redis.acl: off` leaves users out");
    }
}
