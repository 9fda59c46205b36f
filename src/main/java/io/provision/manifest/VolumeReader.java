package io.provision.manifest;

import io.provision.problem.Place;
import io.provision.problem.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the folders of an instance ({@code volumes-and-render.md}, "Volumes"). */
final class VolumeReader {

    private static final int OPEN_TO_ALL = 0777;

    /** What an instance's folders have in common with those of others, whose settings are the very same ones. */
    private record Common(
            Path root, int mode, Optional<String> owner, List<String> dirs, Map<String, String> mounts) {}

    private final Path folder;
    private final Faults faults;
    private final Map<Value.Mapping, Common> common = new IdentityHashMap<>();
    private final Map<Value.Mapping, String> rootsAsWritten = new IdentityHashMap<>();

    VolumeReader(Path folder, Faults faults) {
        this.folder = folder;
        this.faults = faults;
    }

    List<Volume> read(Settings settings, String instance) {
        Common all = common.computeIfAbsent(settings.values(), values -> common(settings));
        Path own = all.root().resolve(instance);
        List<Volume> volumes = new ArrayList<>();
        for (String dir : all.dirs()) {
            volumes.add(new Volume(dir, all.root(), own.resolve(dir), all.mode(), all.owner(),
                    Optional.ofNullable(all.mounts().get(dir))));
        }
        return volumes;
    }

    private Common common(Settings settings) {
        return new Common(
                folder.resolve(settings.text("root").orElse("volumes")).normalize(),
                mode(settings), settings.text("owner"), dirs(settings), mounts(settings));
    }

    /** Folders by kind as the manifest has them: not made absolute. */
    Map<String, String> asWritten(Settings settings, String instance) {
        String root = rootsAsWritten.computeIfAbsent(settings.values(),
                values -> Path.of(settings.text("root").orElse("volumes")).normalize().toString());
        String below = root.isEmpty() || root.endsWith("/") ? root + instance : root + "/" + instance;
        Map<String, String> folders = new LinkedHashMap<>();
        settings.texts("dirs").forEach(dir -> folders.put(dir, below + "/" + dir));
        return folders;
    }

    private int mode(Settings settings) {
        int mode = settings.text("mode")
                .map(text -> Integer.parseInt(text.replace("0o", ""), 8))
                .orElse(0750);
        if ((mode & OPEN_TO_ALL) == OPEN_TO_ALL) {
            faults.warning(settings.place("mode"), "volumes of mode 0777 can be changed by everybody on the machine",
                    "write `mode: 0750`, and `owner:` for who needs them");
        }
        return mode;
    }

    private List<String> dirs(Settings settings) {
        Map<String, String> seen = new LinkedHashMap<>();
        for (Value.Scalar dir : settings.list("dirs")) {
            String earlier = seen.putIfAbsent(dir.text().toLowerCase(Locale.ROOT), dir.text());
            if (earlier != null) {
                faults.error(dir.place(), "the folder `" + dir.written() + "` is listed twice in `volumes.dirs` (some "
                        + "file systems are case-blind)", "keep one of them");
            }
        }
        return List.copyOf(seen.values());
    }

    private Map<String, String> mounts(Settings settings) {
        List<String> dirs = settings.texts("dirs");
        Map<String, String> mounts = new LinkedHashMap<>();
        Map<String, String> dirByMount = new HashMap<>();
        Settings said = settings.below("mount");
        said.entries().keySet().forEach(dir -> said.scalar(dir).ifPresent(mount -> {
            Place place = said.place(dir);
            boolean listed = dirs.contains(dir);
            if (!listed && !BuiltIn.is(mount.place())) {
                faults.warning(place, "`volumes.mount` has the folder `" + dir + "`, which `volumes.dirs` has not",
                        Suggestion.remedy(dir, dirs));
            }
            String other = listed ? dirByMount.putIfAbsent(mount.text(), dir) : null;
            if (other != null) {
                faults.error(place, "`" + other + "` and `" + dir + "` are both mounted at " + mount.written(),
                        "give each a place of its own");
            }
            mounts.put(dir, mount.text());
        }));
        return mounts;
    }
}
