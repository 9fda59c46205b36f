package io.provision.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a user would otherwise run, at its cheapest: one psql with the very statements that the tool sends, a hundred
 * instances a transaction; one pipe of Redis commands; one mkdir.
 */
final class Floor {

    private static final int INSTANCES_A_TRANSACTION = 100;
    private static final int INSTANCES_TO_WARM = 20;
    private static final Pattern BLOCK = Pattern.compile("BEGIN;\n(.*?)COMMIT;\n", Pattern.DOTALL);
    private static final Pattern NEW_ROLE =
            Pattern.compile("^(CREATE ROLE \"exchange_[^\"]*\" LOGIN);$", Pattern.MULTILINE);
    private static final Pattern ACL_WORD = Pattern.compile("\\([^)]*\\)|\\S+");

    /** The sets that a careful script would look at: five queries, however many instances. */
    private static final String LOOK = """
            SELECT nspname, nspowner::regrole, nspacl, obj_description(oid, 'pg_namespace')
            FROM pg_namespace
            WHERE nspname = ANY ('{%1$s}');
            SELECT rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolconnlimit,
              shobj_description(oid, 'pg_authid')
            FROM pg_roles
            WHERE rolname = ANY ('{%2$s}');
            SELECT n.nspname, d.defaclrole::regrole, d.defaclobjtype, d.defaclacl
            FROM pg_default_acl d
            JOIN pg_namespace n ON n.oid = d.defaclnamespace
            WHERE n.nspname = ANY ('{%1$s}');
            SELECT r.rolname, s.setconfig
            FROM pg_db_role_setting s
            JOIN pg_roles r ON r.oid = s.setrole
            WHERE r.rolname = ANY ('{%2$s}');
            SELECT n.nspname, c.relname, c.relkind, c.relowner::regrole, c.relacl
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ANY ('{%1$s}');
            """;

    private final Job job;
    private final Psql psql = new Psql();
    private final RedisPipe redis = new RedisPipe();
    private final Path log;
    private final Path freshSql;
    private final Path warmSql;
    private final Path lookSql;
    private final Path freshRedis;
    private final Path lookRedis;
    private final Path make;
    private final Path stat;

    private Floor(Job job, Path folder) {
        this.job = job;
        this.log = folder.resolve("floor.log");
        this.freshSql = folder.resolve("fresh.sql");
        this.warmSql = folder.resolve("warm.sql");
        this.lookSql = folder.resolve("look.sql");
        this.freshRedis = folder.resolve("fresh.redis");
        this.lookRedis = folder.resolve("look.redis");
        this.make = folder.resolve("make.directories");
        this.stat = folder.resolve("stat.directories");
    }

    /**
     * @param script of {@code plan -o sql}
     * @param users of {@code ACL LIST} after the tool's own run
     */
    static Floor of(Job job, Path folder, String script, List<String> users) throws IOException {
        Floor floor = new Floor(job, folder);
        List<String> blocks = BLOCK.matcher(withPasswords(script)).results().map(found -> found.group(1)).toList();
        Files.writeString(floor.freshSql, transactions(blocks));
        Files.writeString(floor.warmSql, "BEGIN;\n" + ofTheFirst(job, blocks) + "ROLLBACK;\n");
        Files.writeString(floor.lookSql,
                LOOK.formatted(String.join(",", job.schemas()), String.join(",", job.roles())));
        Files.write(floor.freshRedis, RedisPipe.bytes(floor.set(users)));
        Files.write(floor.lookRedis, RedisPipe.bytes(floor.look()));
        Files.write(floor.make, job.directories(floor.volumes()));
        Files.write(floor.stat, job.directories(job.volumes()));
        return floor;
    }

    private static String withPasswords(String script) {
        return NEW_ROLE.matcher(script).replaceAll("$1 PASSWORD '" + Job.PASSWORD + "';");
    }

    /** The roles stand in the first block, for all; then comes a block for each instance. */
    private static String transactions(List<String> blocks) {
        List<String> roles = blocks.get(0).lines().toList();
        return Stream.concat(
                        chunks(roles, 3 * INSTANCES_A_TRANSACTION),
                        chunks(blocks.subList(1, blocks.size()), INSTANCES_A_TRANSACTION))
                .map(chunk -> "BEGIN;\n" + String.join("\n", chunk) + "\nCOMMIT;\n")
                .collect(Collectors.joining());
    }

    private static Stream<List<String>> chunks(List<String> all, int size) {
        return Stream.iterate(0, from -> from < all.size(), from -> from + size)
                .map(from -> all.subList(from, Math.min(all.size(), from + size)));
    }

    /** What a few instances get, their roles first: what a server's caches want, rolled back again. */
    private static String ofTheFirst(Job job, List<String> blocks) {
        List<String> few = job.roles().subList(0, Math.min(job.instances(), INSTANCES_TO_WARM));
        String roles = blocks.get(0).lines()
                .filter(line -> !line.contains("\"exchange_") || few.stream().anyMatch(line::contains))
                .collect(Collectors.joining("\n", "", "\n"));
        return roles + String.join("", blocks.subList(1, few.size() + 1));
    }

    private List<List<String>> set(List<String> users) {
        List<List<String>> commands = new ArrayList<>();
        for (String user : users) {
            List<String> words = ACL_WORD.matcher(user).results().map(MatchResult::group).toList();
            List<String> command = new ArrayList<>(List.of("ACL", "SETUSER", words.get(1), "reset"));
            command.addAll(words.subList(2, words.size()));
            commands.add(command);
        }
        for (String namespace : job.namespaces()) {
            commands.add(List.of("SET", namespace + ":__validation__", "x", "NX", "PX", "60000"));
            commands.add(List.of("DEL", namespace + ":__validation__"));
        }
        return commands;
    }

    private List<List<String>> look() {
        List<List<String>> commands = new ArrayList<>();
        job.users().forEach(user -> commands.add(List.of("ACL", "GETUSER", user)));
        job.namespaces().forEach(namespace -> commands.add(List.of("EXISTS", namespace + ":__validation__")));
        return commands;
    }

    /** The first work after a server's start is slow, whoever does it. */
    void warm(Servers servers) throws IOException, InterruptedException {
        psql.run(warmSql, servers.postgres(), log);
        psql.run(lookSql, servers.postgres(), log);
        redis.run(lookRedis(1), 1, servers.redis(), log);
    }

    private Path lookRedis(int count) throws IOException {
        Path file = lookRedis.resolveSibling("warm.redis");
        Files.write(file, RedisPipe.bytes(look().subList(0, count)));
        return file;
    }

    void fresh(Servers servers) throws IOException, InterruptedException {
        psql.run(freshSql, servers.postgres(), log);
        redis.run(freshRedis, 3 * job.instances(), servers.redis(), log);
        forAll(make, "mkdir", "-p", "-m", "0750");
    }

    /** Looks at what the tool has made. */
    void again(Servers servers) throws IOException, InterruptedException {
        psql.run(lookSql, servers.postgres(), log);
        redis.run(lookRedis, 2 * job.instances(), servers.redis(), log);
        forAll(stat, "ls", "-ldn");
    }

    private void forAll(Path directories, String... command) throws IOException, InterruptedException {
        List<String> xargs = new ArrayList<>(List.of("sh", "-c", "exec xargs \"$@\" <\"$0\"", directories.toString()));
        xargs.addAll(List.of(command));
        Machine.run(xargs, Map.of(), log);
    }

    /** Where the floor makes folders. */
    Path volumes() {
        return make.resolveSibling("floor-volumes");
    }
}
