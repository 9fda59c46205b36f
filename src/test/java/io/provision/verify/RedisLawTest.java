package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.plan.acl.AclNode;
import io.provision.plan.acl.AclRules;
import io.provision.plan.acl.PatternGrant;
import io.provision.plan.acl.UserReach;
import io.provision.redis.DryRun;
import io.provision.redis.NodeUsers;
import io.provision.redis.RedisServers;
import io.provision.redis.RedisStore;
import io.provision.redis.TlsFiles;
import io.provision.testing.RandomSeeds;
import io.provision.testing.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import redis.clients.jedis.Jedis;

/** Whatever the rules: what is worked out from them is what the server itself would do. */
class RedisLawTest {

    private static final String USER = "generated";
    private static final List<String> KEY_COMMANDS =
            List.of("get", "set", "del", "append", "incr", "exists", "hlen", "lpop", "getdel", "type", "ttl");
    private static final List<String> CHANNEL_COMMANDS = List.of("publish", "subscribe");
    private static final List<String> WORDS =
            List.of("a:", "b:", "b", "x", "*", "?", "[a-b]", "[^b]", "\\*", "[b", "]");

    @RandomSeeds(40)
    void whatIsWorkedOutIsWhatTheServerSays(long seed) {
        check(seed);
    }

    @Tag("full")
    @RandomSeeds(2_000)
    void whatIsWorkedOutIsWhatTheServerSaysAgainAndAgain(long seed) {
        check(seed);
    }

    private static void check(long seed) {
        Random random = new Random(seed);
        TestRedis server = TestRedis.shared();
        List<String> words = rules(random);
        RedisServers servers = RedisServers.of(List.of(server.url()), TlsFiles.NONE);
        try (Jedis jedis = server.connect(); RedisStore store = RedisStore.connect(servers)) {
            jedis.aclSetUser(USER, words.toArray(String[]::new));
            NodeUsers users = store.everybody().get(0);
            AclRules rules = users.rules().get(USER);
            UserReach reach = new UserReach(rules, users.node().catalog());
            List<String> names = IntStream.range(0, 30).mapToObj(i -> name(random)).toList();
            List<DryRun.Question> questions = questions(names);

            List<DryRun> answers = store.dryRun(AclNode.NAMED, questions);

            for (int i = 0; i < questions.size(); i++) {
                DryRun.Question asked = questions.get(i);
                assertEquals(
                        new DryRun.Told(permits(reach, asked)), answers.get(i), () -> seed + " " + words + " " + asked);
            }
            reachesWhatTheServerLets("b:", reach, questions, answers, seed + " " + words);
            everyExampleIsLet("b:", reach, store, seed + " " + words);
        }
    }

    private static List<String> rules(Random random) {
        List<String> words = new ArrayList<>(List.of("reset", "on"));
        addPermission(random, words);
        IntStream.range(0, random.nextInt(3)).forEach(i -> {
            List<String> selector = new ArrayList<>();
            addPermission(random, selector);
            words.add("(" + String.join(" ", selector) + ")");
        });
        return words;
    }

    private static void addPermission(Random random, List<String> words) {
        IntStream.range(0, 1 + random.nextInt(2)).forEach(i ->
                words.add(List.of("~", "%R~", "%W~", "%RW~").get(random.nextInt(4)) + pattern(random)));
        IntStream.range(0, random.nextInt(2)).forEach(i -> words.add("&" + pattern(random)));
        IntStream.range(0, 1 + random.nextInt(4)).forEach(i -> words.add("+" + command(random)));
    }

    private static String command(Random random) {
        List<String> all = new ArrayList<>(KEY_COMMANDS);
        all.addAll(CHANNEL_COMMANDS);
        all.addAll(List.of("@read", "@write", "@pubsub", "@all"));
        return all.get(random.nextInt(all.size()));
    }

    /** Never `*` alone: after that a server takes no other. */
    private static String pattern(Random random) {
        StringBuilder pattern = new StringBuilder();
        IntStream.range(0, 1 + random.nextInt(4)).forEach(i -> pattern.append(WORDS.get(random.nextInt(WORDS.size()))));
        return pattern.toString().matches("\\*+") ? "b:*" : pattern.toString();
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder(random.nextBoolean() ? "b:" : "");
        IntStream.range(0, 1 + random.nextInt(3)).forEach(i ->
                name.append(List.of("a:", "b:", "a", "b", "x", "*", ":").get(random.nextInt(7))));
        return name.toString();
    }

    private static List<DryRun.Question> questions(List<String> names) {
        List<DryRun.Question> questions = new ArrayList<>();
        for (String name : names) {
            KEY_COMMANDS.forEach(command -> questions.add(question(command, name)));
            CHANNEL_COMMANDS.forEach(command -> questions.add(question(command, name)));
        }
        return questions;
    }

    private static DryRun.Question question(String command, String name) {
        return new DryRun.Question(USER, switch (command) {
            case "set", "append", "publish" -> List.of(command, name, "v");
            default -> List.of(command, name);
        });
    }

    private static boolean permits(UserReach reach, DryRun.Question question) {
        String command = question.words().get(0);
        String name = question.words().get(1);
        return CHANNEL_COMMANDS.contains(command)
                ? reach.permitsOnChannel(command, name)
                : reach.permitsOnKey(command, name);
    }

    private static void reachesWhatTheServerLets(
            String prefix, UserReach reach, List<DryRun.Question> questions, List<DryRun> answers, String said) {
        for (int i = 0; i < questions.size(); i++) {
            List<String> words = questions.get(i).words();
            if (words.get(1).startsWith(prefix) && answers.get(i).equals(new DryRun.Told(true))) {
                List<PatternGrant> grants =
                        CHANNEL_COMMANDS.contains(words.get(0)) ? reach.channels() : reach.keys();
                assertTrue(
                        grants.stream().anyMatch(grant -> grant.glob().exampleUnder(prefix).isPresent()),
                        () -> said + " " + words);
            }
        }
    }

    /** By one command at least, of those that the user may use. */
    private static void everyExampleIsLet(String prefix, UserReach reach, RedisStore store, String said) {
        for (PatternGrant grant : reach.keys()) {
            Optional<String> example = grant.glob().exampleUnder(prefix);
            boolean known = KEY_COMMANDS.stream().anyMatch(reach.commands()::contains);
            if (example.isPresent() && known) {
                List<DryRun.Question> questions =
                        new ArrayList<>(questions(List.of(example.get())).subList(0, KEY_COMMANDS.size()));
                questions.add(new DryRun.Question(
                        USER, List.of("xreadgroup", "GROUP", "g", "c", "STREAMS", example.get(), ">")));
                List<DryRun> answers = store.dryRun(AclNode.NAMED, questions);
                assertTrue(answers.contains(new DryRun.Told(true)), () -> said + " " + example);
            }
        }
    }
}
