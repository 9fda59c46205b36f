package io.provision.bench;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** What starting costs: {@code derive NAME} beside {@link Hello}, with the launcher's own options and an archive. */
final class StartUp {

    /** The launcher's; the archive of its own that Hello has comes on top. */
    private static final List<String> OPTIONS =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:C1MaxInlineSize=20", "-Xms16m", "-Xmn8m",
                    "-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0");

    private final Arguments arguments;
    private final Tool tool;
    private final Path folder;

    StartUp(Arguments arguments, Tool tool, Path folder) {
        this.arguments = arguments;
        this.tool = tool;
        this.folder = folder;
    }

    List<Figure> measure(int instances) throws IOException, InterruptedException, URISyntaxException {
        Path log = folder.resolve("hello.log");
        Path jar = helloJar(log);
        List<String> java = new ArrayList<>(List.of(java()));
        java.addAll(OPTIONS);
        Path archive = folder.resolve("hello.jsa");
        Machine.run(
                with(java, "-XX:ArchiveClassesAtExit=" + archive, "-cp", jar.toString(), Hello.class.getName(), "x"),
                Map.of(), log);
        List<String> hello = with(java, "-XX:SharedArchiveFile=" + archive, "-cp", jar.toString(),
                Hello.class.getName(), "exchange-B00001");
        Map<String, String> environment = Map.of("BENCH_POSTGRES_URL", "embedded", "BENCH_REDIS_URL", "embedded");
        Pairs pairs = new Pairs(Math.max(arguments.runs, 10),
                () -> Machine.seconds(() -> Machine.run(hello, Map.of(), log)),
                () -> Machine.seconds(() -> tool.run(environment, "derive", "exchange-B00001")));
        return List.of(
                Figure.seconds("picocli hello", 0, pairs.floor()),
                Figure.seconds("derive NAME", instances, pairs.tool(), pairs.floor()));
    }

    /** The Java that the launcher finds. */
    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<String> with(List<String> first, String... rest) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(rest));
        return all;
    }

    /** An archive takes classes from jars only; picocli is as it is published, but in the build's own tests. */
    private Path helloJar(Path log) throws IOException, InterruptedException, URISyntaxException {
        Path classes = Path.of(Hello.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path library = Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path jar = folder.resolve("hello.jar");
        Path unpacked = Files.createDirectories(folder.resolve("hello"));
        String tool = Path.of(java()).resolveSibling("jar").toString();
        String unpack = "cd \"$0\" && if [ -d \"$2\" ]; then cp -R \"$2/picocli\" .; else \"$1\" xf \"$2\" picocli; fi";
        Machine.run(List.of("sh", "-c", unpack, unpacked.toString(), tool, library.toString()), Map.of(), log);
        Machine.run(List.of(tool, "cf", jar.toString(), "-C", unpacked.toString(), ".", "-C", classes.toString(),
                Hello.class.getName().replace('.', '/') + ".class"), Map.of(), log);
        return jar;
    }
}
