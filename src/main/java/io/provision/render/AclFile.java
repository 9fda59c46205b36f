package io.provision.render;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.acl.AclNode;
import io.provision.plan.acl.AllowList;
import io.provision.plan.acl.RedisVersion;
import io.provision.problem.Problem;
import io.provision.redis.RedisCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The instances' users as lines of an ACL file. Without passwords, and without their hashes: the file is for somebody
 * else's eyes and for version control, a hash without a salt can be tried, and the same manifest gives the same bytes
 * wherever the passwords are.
 */
final class AclFile {

    private static final String PATH = "provision.acl";

    /** As {@link RedisCommands#fileLine} makes it: without the passwords that somebody may have given the user. */
    private static final Pattern LINE = Pattern.compile("user \\S+ on sanitize-payload resetkeys (?!.* [#>]).*");

    private final Manifest manifest;
    private final RedisVersion version;

    AclFile(Manifest manifest, RedisVersion version) {
        this.manifest = manifest;
        this.version = version;
    }

    /** None with {@code redis.acl: off}. */
    List<Artefact> artefacts() {
        return manifest.redis().acl() ? List.of(new Artefact(PATH, text())) : List.of();
    }

    /** What this manifest does not make and another one may have: a file of users alone, without others' lines. */
    Map<String, Predicate<String>> left() {
        return manifest.redis().acl() ? Map.of() : Map.of(PATH, AclFile::isRendered);
    }

    private static boolean isRendered(String text) {
        return !text.isEmpty() && text.lines().allMatch(line -> LINE.matcher(line).matches());
    }

    private String text() {
        AllowList allowList = new AllowList(manifest.redis().commands());
        SortedMap<String, List<Instance>> users = new TreeMap<>();
        for (Instance instance : manifest.instances()) {
            users.computeIfAbsent(instance.names().redisUser(), user -> new ArrayList<>(1)).add(instance);
        }
        StringBuilder text = new StringBuilder();
        users.forEach((user, own) -> {
            own.sort((one, other) -> one.name().compareTo(other.name()));
            text.append(RedisCommands.fileLine(new AclUser(user, AclNode.NAMED, allowList.of(own, version))));
        });
        return text.toString();
    }

    /** A server takes everything from its ACL file. */
    List<Problem> warnings() {
        return manifest.redis().acl()
                ? List.of(Problem
                        .warning(PATH + " has no `user default`: a server that loads it alone lets everybody in,"
                                + " without a password")
                        .remedy("put your own `user default` and your admin's line above it"))
                : List.of();
    }
}
