package io.provision.plan.rollback;

import io.provision.plan.ResourceId;
import io.provision.plan.VolumeResource.Folder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says which folders have to stay: the deepest first, because one goes where all that is in it goes. */
final class KeptFolders {

    private KeptFolders() {}

    /**
     * @param dropped those that were to go
     * @param entries by folder: what is in it
     * @return those that stay, and why
     */
    static Map<ResourceId, String> why(Collection<Folder> dropped, Map<Path, List<Path>> entries) {
        Set<Path> gone = new HashSet<>();
        Map<ResourceId, String> why = new LinkedHashMap<>();
        dropped.stream()
                .sorted(Comparator.comparing((Folder folder) -> folder.path().getNameCount()).reversed())
                .forEach(folder -> entries.getOrDefault(folder.path(), List.of()).stream()
                        .filter(entry -> !gone.contains(entry))
                        .findFirst()
                        .ifPresentOrElse(
                                left -> why.put(
                                        folder.id(), "it is not empty: %s is in it".formatted(left.getFileName())),
                                () -> gone.add(folder.path())));
        return why;
    }
}
