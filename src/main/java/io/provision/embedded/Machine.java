package io.provision.embedded;

import java.util.Locale;

/**
 * What this machine's programs are called in the jars that carry them.
 *
 * @param postgres the archive in io.zonky.test.postgres' jars
 * @param redis the program in org.signal's jar
 */
record Machine(String postgres, String redis) {

    static Machine thisOne() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Machine of(String name, String architecture) {
        String system = name.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
        return new Machine("postgres-" + system + "-" + (arm ? "arm_64" : "x86_64") + ".txz",
                "redis-server-7.0.15-" + system + "-" + (arm ? "arm64" : "amd64"));
    }
}
