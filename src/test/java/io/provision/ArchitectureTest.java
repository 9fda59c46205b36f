package io.provision;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.provision.cli.Main;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CONTRIBUTING's table of packages, and who may see which library. */
@TestInstance(Lifecycle.PER_CLASS) // reading the classes takes seconds
class ArchitectureTest {

    private static final List<String> PACKAGES = List.of(
            "problem", "naming", "manifest", "plan", "postgres", "redis", "volumes", "journal", "apply", "verify",
            "status", "render", "report", "embedded", "cli");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.provision");

    @ParameterizedTest
    @CsvSource({
        "problem,  ''",
        "naming,   problem",
        "manifest, naming problem",
        "plan,     manifest naming problem",
        "postgres, plan naming problem",
        "redis,    plan naming problem",
        "volumes,  plan naming problem",
        "journal,  plan problem",
        "apply,    problem naming manifest plan postgres redis volumes journal",
        "verify,   problem naming manifest plan postgres redis volumes journal",
        "status,   problem naming manifest plan postgres redis volumes journal apply",
        "render,   problem naming manifest plan postgres redis",
        "report,   problem naming manifest plan postgres redis volumes journal apply verify status",
        "embedded, problem",
    })
    void aPackageImportsOnlyWhatItsRowNames(String name, String mayImport) {
        List<String> forbidden = new ArrayList<>(PACKAGES);
        forbidden.remove(name);
        forbidden.removeAll(Arrays.asList(mayImport.split(" ")));

        noClasses().that().resideInAPackage(pattern(name))
                .should().dependOnClassesThat().resideInAnyPackage(patterns(forbidden))
                .allowEmptyShould(true)
                .check(classes);
    }

    @ParameterizedTest
    @CsvSource({
        "java.sql javax.sql org.postgresql,                postgres journal embedded",
        "redis.clients,                                    redis",
        "com.fasterxml.jackson org.yaml,                   manifest journal render report",
        "com.github.difflib,                               report",
        "io.zonky redis.embedded,                          embedded",
        "picocli,                                          cli",
    })
    void aLibraryIsSeenOnlyByItsOwnPackages(String libraries, String owners) {
        List<String> others = new ArrayList<>(PACKAGES);
        others.removeAll(Arrays.asList(owners.split(" ")));
        String[] hidden = Arrays.stream(libraries.split(" ")).map(library -> library + "..").toArray(String[]::new);

        noClasses().that().resideInAnyPackage(patterns(others))
                .should().dependOnClassesThat().resideInAnyPackage(hidden)
                .check(classes);
    }

    @Test
    void onlyMainExits() {
        noClasses().that().doNotBelongToAnyOf(Main.class)
                .should().callMethod(System.class, "exit", int.class)
                .orShould().callMethod(Runtime.class, "exit", int.class)
                .check(classes);
    }

    @Test
    void onlyMainSeesTheStandardStreams() {
        noClasses().that().doNotBelongToAnyOf(Main.class)
                .should().accessField(System.class, "in")
                .orShould().accessField(System.class, "out")
                .orShould().accessField(System.class, "err")
                .check(classes);
    }

    @Test
    void everyPackageHasARow() {
        noClasses().that().resideOutsideOfPackages(patterns(PACKAGES))
                .should().resideInAPackage("io.provision..")
                .allowEmptyShould(true)
                .check(classes);
    }

    private static String[] patterns(List<String> names) {
        return names.stream().map(ArchitectureTest::pattern).toArray(String[]::new);
    }

    private static String pattern(String name) {
        return "io.provision." + name + "..";
    }
}
