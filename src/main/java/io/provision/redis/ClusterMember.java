package io.provision.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A line of {@code CLUSTER NODES}.
 *
 * @param id which it keeps when its address changes
 * @param address as it announces it; the host is empty for a node that does not know its own yet
 * @param hostname where it announces one (7.0 and later)
 */
record ClusterMember(
        String id, String address, int port, Optional<String> hostname, Set<String> flags, List<Slots> slots) {

    /** Both ends are part of it. */
    record Slots(int from, int to) {}

    static List<ClusterMember> all(String answer) {
        return answer.lines().filter(line -> !line.isBlank()).map(ClusterMember::of).toList();
    }

    /** {@code id host:port[@port][,hostname[,…]] flags master ping pong epoch link slots…} */
    private static ClusterMember of(String line) {
        String[] words = line.split(" ");
        String[] where = words[1].split(",", 3);
        String address = where[0].split("@", 2)[0];
        int colon = address.lastIndexOf(':');
        List<Slots> slots = new ArrayList<>();
        for (String word : Arrays.asList(words).subList(Math.min(8, words.length), words.length)) {
            // In brackets stands a slot on its way from one node to another.
            if (!word.startsWith("[")) {
                String[] ends = word.split("-", 2);
                slots.add(new Slots(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])));
            }
        }
        return new ClusterMember(
                words[0],
                address.substring(0, colon),
                Integer.parseInt(address.substring(colon + 1)),
                Optional.of(where.length > 1 ? where[1] : "").filter(name -> !name.isEmpty()),
                Set.of(words[2].split(",")),
                slots);
    }

    /** Whether it is the node that was asked. */
    boolean isAsked() {
        return flags.contains("myself");
    }

    /** Whether it has joined; before, it has a made-up id. */
    boolean hasJoined() {
        return !flags.contains("handshake");
    }

    /** Whether the others have forgotten where it is. */
    boolean isLost() {
        return flags.contains("noaddr");
    }

    /**
     * Whether it has keys that no other master has. Without slots it has none of its own: it is new, or a replica has
     * taken its place, or it is a replica itself, whose keys would count twice, and the node that was asked has not
     * heard of that yet.
     */
    boolean hasKeys() {
        return flags.contains("master") && !slots.isEmpty();
    }
}
