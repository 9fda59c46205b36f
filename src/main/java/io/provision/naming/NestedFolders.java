package io.provision.naming;

import io.provision.naming.Collision.Kind;
import io.provision.problem.Problem.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Volume folders that are, or lie in, another instance's: compared without case, as some file systems do. */
final class NestedFolders {

    /** @param folder its name, without case */
    private record Wanted(Want want, String folder) {}

    /** For each folder without case: the first two instances that have it, which is enough to name another one. */
    private final Map<String, List<Want>> byFolder = new HashMap<>();

    /** For each folder that holds others, it and those around it that somebody has: of most of them nobody has one. */
    private final Map<String, List<String>> hadAround = new HashMap<>();

    private final List<Wanted> wants = new ArrayList<>();
    private final List<Collision> found = new ArrayList<>();

    NestedFolders(List<Claim> claims) {
        for (Claim claim : claims) {
            for (Path folder : new LinkedHashSet<>(claim.volumes())) {
                add(new Wanted(Want.of(claim, folder.toString(), "volume folder"), folded(folder)));
            }
        }
    }

    private void add(Wanted wanted) {
        wants.add(wanted);
        List<Want> owners = byFolder.computeIfAbsent(wanted.folder(), folder -> new ArrayList<>(2));
        if (owners.isEmpty() || owners.size() == 1 && !sameInstance(owners.get(0), wanted.want())) {
            owners.add(wanted.want());
        }
    }

    List<Collision> collisions() {
        for (Wanted inner : wants) {
            hadAround(inner.folder()).forEach(outer -> addFirstOther(outer, inner.want()));
            // The first to have a folder is told of by those after it, not they by it.
            if (!sameInstance(byFolder.get(inner.folder()).get(0), inner.want())) {
                addFirstOther(inner.folder(), inner.want());
            }
        }
        return found;
    }

    /** From the inside out. */
    private List<String> hadAround(String folder) {
        int slash = folder.lastIndexOf('/');
        if (slash < 0 || folder.equals("/")) {
            return List.of();
        }
        String parent = folder.substring(0, Math.max(slash, 1));
        if (!hadAround.containsKey(parent)) {
            List<String> had = new ArrayList<>(byFolder.containsKey(parent) ? List.of(parent) : List.of());
            had.addAll(hadAround(parent));
            hadAround.put(parent, List.copyOf(had));
        }
        return hadAround.get(parent);
    }

    private void addFirstOther(String folder, Want inner) {
        byFolder.get(folder).stream()
                .filter(owner -> !sameInstance(owner, inner))
                .findFirst()
                .ifPresent(outer -> found.add(collision(outer, inner)));
    }

    private static Collision collision(Want outer, Want inner) {
        String one = outer.claim().instance();
        String other = inner.claim().instance();
        String how = folded(Path.of(outer.name())).equals(folded(Path.of(inner.name())))
                ? "`%s` (volume folder `%s`) and `%s` (volume folder `%s`) share one folder where case does not count"
                : "`%s` (volume folder `%s`) holds the folder of `%s` (`%s`)";
        return new Collision(
                Kind.VOLUME,
                Severity.ERROR,
                one,
                outer.name(),
                other,
                inner.name(),
                how.formatted(one, outer.name(), other, inner.name()),
                "set another `volumes: {root: …}` for `%s`, or rename it".formatted(other));
    }

    private static String folded(Path folder) {
        return Spelling.withoutCase(folder.normalize().toString());
    }

    private static boolean sameInstance(Want one, Want other) {
        return one.claim().instance().equals(other.claim().instance());
    }
}
