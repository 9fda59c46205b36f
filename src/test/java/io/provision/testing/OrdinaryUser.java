package io.provision.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Somebody to whom folders can be closed, whoever runs the tests. */
public final class OrdinaryUser {

    /** Not the one who runs the tests: {@code nobody}, nearly everywhere. */
    private static final int ANOTHER = 65534;

    private OrdinaryUser() {}

    /** Who is root stays root, for the sake of the class path, without the capabilities to look into every folder. */
    public static ChildProvision start(TestEcosystem ecosystem, String... arguments) throws IOException {
        if (!isRoot(ecosystem.folder())) {
            return ChildProvision.start(ecosystem, arguments);
        }
        Program.assumeInstalled("setpriv");
        return ChildProvision.startWith(
                List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"),
                ecosystem, ecosystem.postgresUrl(), arguments);
    }

    /** Root gives the folder to another user, for that one alone; who is not root closes it to himself. */
    public static void close(Path folder) throws IOException {
        boolean root = isRoot(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(root ? "rwx------" : "---------"));
        if (root) {
            Files.setAttribute(folder, "unix:uid", ANOTHER);
        }
    }

    /** Asked of the disk, not of the user database: a container's user may have no name. */
    private static boolean isRoot(Path ownFolder) throws IOException {
        return Files.getAttribute(ownFolder, "unix:uid").equals(0);
    }
}
