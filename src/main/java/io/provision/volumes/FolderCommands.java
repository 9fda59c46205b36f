package io.provision.volumes;

import io.provision.plan.Change;
import io.provision.plan.VolumeResource.Folder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Writes a change to a folder as a person at a shell would. */
public final class FolderCommands {

    private final Path workingFolder;

    /** @param workingFolder the absolute folder that the commands are meant for; paths below it are told from there */
    public FolderCommands(Path workingFolder) {
        this.workingFolder = Objects.requireNonNull(workingFolder, "workingFolder");
    }

    /** One line that {@code sh} takes ({@code bash} and POSIX 2024, where the name has control characters). */
    public String describe(Change change) {
        Folder folder = (Folder) change.resource();
        String name = ShellWord.quote(told(folder.path()));
        List<String> commands = new ArrayList<>();
        if (change.after().isEmpty()) {
            commands.add("rmdir " + name);
        } else if (change.before().isEmpty()) {
            commands.add("mkdir -m %04o %s".formatted(folder.mode(), name));
            folder.owner().ifPresent(owner -> commands.add("chown %s %s".formatted(owner, name)));
        } else {
            Folder was = (Folder) change.before().get();
            if (!was.owner().equals(folder.owner())) {
                folder.owner().ifPresent(owner -> commands.add("chown %s %s".formatted(owner, name)));
            }
            if (was.mode() != folder.mode()) {
                commands.add("chmod %04o %s".formatted(folder.mode(), name));
            }
        }
        return String.join(" && ", commands);
    }

    private String told(Path path) {
        if (!path.startsWith(workingFolder) || path.equals(workingFolder)) {
            return path.toString();
        }
        String relative = workingFolder.relativize(path).toString();
        return relative.startsWith("-") ? "./" + relative : relative;
    }
}
