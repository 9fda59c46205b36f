package io.provision.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.problem.Place;
import io.provision.problem.Problem;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GithubAnnotationTest {

    private final GithubAnnotation annotation = new GithubAnnotation(Path.of("/repo"), Path.of("/repo/deploy"));

    @Test
    void namesTheFileFromTheRepositorysRoot() {
        assertEquals(
                "::error file=deploy/instances.yaml,line=7,col=3::the name is taken%0Achoose another",
                annotation.of(Problem.error("the name is taken")
                        .at(new Place("instances.yaml", 7, 3))
                        .remedy("choose another")));
    }

    @Test
    void namesNoLineWhereThereIsNone() {
        assertEquals("::warning file=all.yaml::it is empty",
                annotation.of(Problem.warning("it is empty").at(Place.of("../all.yaml"))));
    }

    @Test
    void leavesAFileOutsideAsItWasNamed() {
        assertEquals("::error file=/etc/instances.yaml::no",
                annotation.of(Problem.error("no").at(Place.of("/etc/instances.yaml"))));
    }

    @Test
    void hasNoPlaceWhereTheProblemHasNone() {
        assertEquals(
                "::error::PostgreSQL refuses the login", annotation.of(Problem.error("PostgreSQL refuses the login")));
    }

    @Test
    void neverEndsItsCommandEarly() {
        assertEquals("::error file=deploy/a%2Cline=1%3A%3A.yaml::100%25%0D%0A::error::planted", annotation.of(
                Problem.error("100%\r\n::error::planted").at(Place.of("a,line=1::.yaml"))));
    }
}
