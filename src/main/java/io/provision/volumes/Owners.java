package io.provision.volumes;

import io.provision.plan.Desired;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.State;
import io.provision.plan.VolumeResource.Folder;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns the owners that a manifest names into numbers, which is how a disk knows them.
 *
 * <p>{@code user:group} and {@code uid:gid}, mixed as one likes. {@code user} alone, or {@code user:}, has the user's
 * own group, as {@code chown user:} has it. {@code uid} alone has the group of the same number: nobody is asked,
 * because the number may be one of a container's.
 */
public final class Owners {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");

    /** The largest stands for "leave it as it is" in {@code chown(2)}. */
    private static final long LARGEST = 0xffff_fffeL;

    private final UserDatabase users;

    Owners(UserDatabase users) {
        this.users = users;
    }

    public static Owners ofThisMachine() {
        return new Owners(UserDatabase.ofThisMachine());
    }

    /**
     * @return {@code uid:gid}
     * @throws ProvisionException USAGE, where the machine knows no such user or group
     */
    String resolve(String owner) {
        try {
            return numbers(owner);
        } catch (UnknownOwner e) {
            throw new ProvisionException(ExitCode.USAGE, e.problem("the owner `%s`".formatted(owner)));
        }
    }

    /**
     * The same, with all folders' owners in numbers, so that they can be compared with what stands.
     *
     * @throws ProvisionException USAGE, with every owner that the machine does not know, and whose folders they are
     */
    public Desired inNumbers(Desired desired) {
        if (desired.state().resources().values().stream().noneMatch(Owners::isOwned)) {
            return desired;
        }
        Map<String, String> known = new HashMap<>();
        Map<String, Problem> problems = new LinkedHashMap<>();
        List<Resource> resources = new ArrayList<>();
        for (Map.Entry<ResourceId, Resource> entry : desired.state().resources().entrySet()) {
            if (entry.getValue() instanceof Folder folder && folder.owner().isPresent()) {
                String owner = folder.owner().get();
                String instance = desired.instanceOf(entry.getKey());
                learn(owner, instance, known, problems);
                resources.add(withOwner(folder, known.getOrDefault(owner, owner)));
            } else {
                resources.add(entry.getValue());
            }
        }
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, List.copyOf(problems.values()));
        }
        return new Desired(State.of(resources), desired.instances(), desired.mark());
    }

    private static boolean isOwned(Resource resource) {
        return resource instanceof Folder folder && folder.owner().isPresent();
    }

    private void learn(String owner, String instance, Map<String, String> known, Map<String, Problem> problems) {
        if (known.containsKey(owner) || problems.containsKey(owner)) {
            return;
        }
        try {
            known.put(owner, numbers(owner));
        } catch (UnknownOwner e) {
            problems.put(owner, e.problem("the owner `%s` of the folders of %s".formatted(owner, instance)));
        }
    }

    private static Folder withOwner(Folder folder, String owner) {
        return new Folder(folder.path(), folder.root(), folder.mode(), folder.modeStays(), Optional.of(owner));
    }

    private String numbers(String owner) throws UnknownOwner {
        int colon = owner.indexOf(':');
        String user = colon < 0 ? owner : owner.substring(0, colon);
        String group = colon < 0 ? "" : owner.substring(colon + 1);
        if (user.isEmpty() || group.contains(":")) {
            throw new UnknownOwner("it is not `user:group`");
        }
        return uid(user) + ":" + gid(user, group);
    }

    private String uid(String user) throws UnknownOwner {
        return isNumber(user)
                ? number(user)
                : users.uid(user).orElseThrow(() -> new UnknownOwner("this machine knows no user " + user));
    }

    private String gid(String user, String group) throws UnknownOwner {
        if (isNumber(group)) {
            return number(group);
        }
        if (!group.isEmpty()) {
            return users.gid(group).orElseThrow(() -> new UnknownOwner("this machine knows no group " + group));
        }
        return isNumber(user)
                ? number(user)
                : users.gidOfUser(user).orElseThrow(() -> new UnknownOwner("this machine knows no user " + user));
    }

    private static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** Without leading zeros, as the disk tells it. */
    private static String number(String text) throws UnknownOwner {
        long number = Long.parseLong(text);
        if (number > LARGEST) {
            throw new UnknownOwner("%s is above %d".formatted(text, LARGEST));
        }
        return Long.toString(number);
    }

    private static final class UnknownOwner extends Exception {

        UnknownOwner(String why) {
            super(why);
        }

        Problem problem(String what) {
            return Problem.error("%s cannot be used: %s".formatted(what, getMessage()))
                    .remedy("write numbers, such as `1000:1000`: they need no such user here");
        }
    }
}
