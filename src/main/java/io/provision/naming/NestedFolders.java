package io.provision.naming;

import io.provision.naming.Collision.Kind;
import io.provision.problem.Problem.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Volume folders that are, or lie in, another instance's: compared without case, as some file systems do. */
final class NestedFolders {

    /** For each folder without case: the first two instances that have it, which is enough to name another one. */
    private final Map<Path, List<Want>> byFolder = new LinkedHashMap<>();

    private final List<Want> wants = new ArrayList<>();
    private final List<Collision> found = new ArrayList<>();

    NestedFolders(List<Claim> claims) {
        for (Claim claim : claims) {
            claim.volumes().stream()
                    .distinct()
                    .forEach(folder -> add(Want.of(claim, folder.toString(), "volume folder"), folder));
        }
    }

    private void add(Want want, Path folder) {
        wants.add(want);
        List<Want> owners = byFolder.computeIfAbsent(folded(folder), path -> new ArrayList<>());
        if (owners.size() < 2 && owners.stream().noneMatch(owner -> sameInstance(owner, want))) {
            owners.add(want);
        }
    }

    List<Collision> collisions() {
        for (Want inner : wants) {
            Path folder = folded(Path.of(inner.name()));
            for (Path outer = folder.getParent(); outer != null; outer = outer.getParent()) {
                addFirstOther(outer, inner);
            }
            // The first to have a folder is told of by those after it, not they by it.
            if (!sameInstance(byFolder.get(folder).get(0), inner)) {
                addFirstOther(folder, inner);
            }
        }
        return found;
    }

    private void addFirstOther(Path folder, Want inner) {
        byFolder.getOrDefault(folder, List.of()).stream()
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

    private static Path folded(Path folder) {
        return Path.of(Spelling.withoutCase(folder.normalize().toString()));
    }

    private static boolean sameInstance(Want one, Want other) {
        return one.claim().instance().equals(other.claim().instance());
    }
}
