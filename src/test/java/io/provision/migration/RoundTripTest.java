package io.provision.migration;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.testing.PgDump;
import io.provision.testing.SampleDatabase;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Out of public and back, on databases of the real world's shape: afterwards nobody can tell. */
class RoundTripTest {

    /** What some of the manifests want, in other hands, and with things in it. */
    private static final String STANDING = """
            CREATE ROLE office_readerNN NOLOGIN;
            COMMENT ON ROLE office_readerNN IS 'reads, elsewhere too';
            CREATE ROLE office_staffNN_adapter LOGIN;
            DO $$
            BEGIN
              EXECUTE format('ALTER ROLE office_staffNN_adapter IN DATABASE %I SET search_path = public, elsewhere',
                             current_database());
            END
            $$;
            CREATE SCHEMA office_staffNN AUTHORIZATION legacy_appNN;
            GRANT USAGE ON SCHEMA office_staffNN TO PUBLIC;
            CREATE TABLE office_staffNN.already (id serial PRIMARY KEY);
            GRANT SELECT ON office_staffNN.already TO office_readerNN;
            CREATE SCHEMA office_salesNN;
            COMMENT ON SCHEMA office_salesNN IS 'made by hand';
            """;

    @TempDir
    private Path folder;

    @Tag("full")
    @ParameterizedTest(name = "{0}, on {1}")
    @MethodSource("onTheDefaultVersion")
    void initMovesTheTablesAsTheyAre(RoundTripCase trip, int major) {
        on(trip, major, ByCommand.fromNothing()).there();
    }

    @Tag("full")
    @ParameterizedTest(name = "{0}, on {1}")
    @MethodSource("onTheDefaultVersion")
    void initNeedsNoSuperuserToMoveThem(RoundTripCase trip, int major) {
        on(trip, major, ByCommand.ofTheOwnersMember()).there();
    }

    @Tag("full")
    @ParameterizedTest(name = "{0}, on {1}")
    @MethodSource("onTheDefaultVersion")
    void theTablesCanBeWrittenWhereTheyAre(RoundTripCase trip, int major) {
        on(trip, major, ByCommand.fromNothing()).thereAndOn();
    }

    @ParameterizedTest(name = "{0}, on {1}")
    @MethodSource("onTheDefaultVersion")
    void rollbackLeavesEverythingAsItWasTwice(RoundTripCase trip, int major, TestReporter reporter) {
        tell(reporter, on(trip, major, ByCommand.fromNothing()).twice());
    }

    @Tag("full")
    @ParameterizedTest(name = "{0}, on {1}")
    @MethodSource("onTheDefaultVersion")
    void rollbackNeedsNoSuperuser(RoundTripCase trip, int major, TestReporter reporter) {
        tell(reporter, on(trip, major, ByCommand.ofTheOwnersMember()).twice());
    }

    @ParameterizedTest(name = "{0}, on {1}")
    @MethodSource("ofTheCompany")
    void whatStoodBeforeIsLeftAsItStood(RoundTripCase trip, int major, TestReporter reporter) {
        tell(reporter, on(trip, major, ByCommand.whereThisStands(STANDING)).twice());
    }

    @Tag("full")
    @ParameterizedTest(name = "{0}, on {1}")
    @MethodSource("onTheDefaultVersion")
    void whatHappenedMeanwhileStaysWhenTheTablesGoBack(RoundTripCase trip, int major) {
        on(trip, major, ByCommand.fromNothing()).withLifeGoingOn();
    }

    @Tag("full")
    @ParameterizedTest(name = "{0}, on {1}")
    @MethodSource("onTheDefaultVersion")
    void thereIsAWayByHand(RoundTripCase trip, int major) {
        on(trip, major, new ByHand()).twice();
    }

    @Tag("full")
    @ParameterizedTest(name = "{0}, on {1}")
    @MethodSource("onTheDefaultVersion")
    void whatHappenedMeanwhileStaysByHandToo(RoundTripCase trip, int major) {
        on(trip, major, new ByHand()).withLifeGoingOn();
    }

    @Tag("full")
    @ParameterizedTest(name = "{0}, on {1}")
    @MethodSource("onTheOtherVersions")
    void initMovesTheTablesAsTheyAreInEveryVersion(RoundTripCase trip, int major) {
        initMovesTheTablesAsTheyAre(trip, major);
    }

    @Tag("full")
    @ParameterizedTest(name = "{0}, on {1}")
    @MethodSource("onTheOtherVersions")
    void initNeedsNoSuperuserToMoveThemInEveryVersion(RoundTripCase trip, int major) {
        initNeedsNoSuperuserToMoveThem(trip, major);
    }

    @Tag("full")
    @ParameterizedTest(name = "{0}, on {1}")
    @MethodSource("onTheOtherVersions")
    void theTablesCanBeWrittenWhereTheyAreInEveryVersion(RoundTripCase trip, int major) {
        theTablesCanBeWrittenWhereTheyAre(trip, major);
    }

    @Tag("full")
    @ParameterizedTest(name = "{0}, on {1}")
    @MethodSource("onTheOtherVersions")
    void rollbackLeavesEverythingAsItWasTwiceInEveryVersion(RoundTripCase trip, int major, TestReporter reporter) {
        rollbackLeavesEverythingAsItWasTwice(trip, major, reporter);
    }

    @Tag("full")
    @ParameterizedTest(name = "{0}, on {1}")
    @MethodSource("onTheOtherVersions")
    void rollbackNeedsNoSuperuserInEveryVersion(RoundTripCase trip, int major, TestReporter reporter) {
        rollbackNeedsNoSuperuser(trip, major, reporter);
    }

    @Tag("full")
    @ParameterizedTest(name = "{0}, on {1}")
    @MethodSource("onTheOtherVersions")
    void whatHappenedMeanwhileStaysInEveryVersion(RoundTripCase trip, int major) {
        whatHappenedMeanwhileStaysWhenTheTablesGoBack(trip, major);
    }

    @Tag("full")
    @ParameterizedTest(name = "{0}, on {1}")
    @MethodSource("onTheOtherVersions")
    void thereIsAWayByHandInEveryVersion(RoundTripCase trip, int major) {
        thereIsAWayByHand(trip, major);
    }

    @Tag("full")
    @ParameterizedTest(name = "{0}, on {1}")
    @MethodSource("onTheOtherVersions")
    void whatHappenedMeanwhileStaysByHandInEveryVersion(RoundTripCase trip, int major) {
        whatHappenedMeanwhileStaysByHandToo(trip, major);
    }

    /** The trips compare pg_dump's text where they can; this one is skipped, and says so, where they cannot. */
    @Tag("full")
    @ParameterizedTest
    @MethodSource("allVersions")
    void pgDumpIsAtHandToCompare(int major) {
        assumeTrue(PgDump.of(major).isPresent(),
                "no pg_dump of version %d or later here: the trips on it do not compare its text".formatted(major));
    }

    private RoundTrip on(RoundTripCase trip, int major, RoundTrip.Way way) {
        assumeTrue(TestPostgres.isAvailable(major), "no binaries of PostgreSQL " + major);
        return new RoundTrip(trip, TestEcosystem.on(TestPostgres.shared(major), folder), major, way);
    }

    private static void tell(TestReporter reporter, List<String> writtenOut) {
        if (!writtenOut.isEmpty()) {
            reporter.publishEntry("ACLs written out", String.join(", ", writtenOut));
        }
    }

    static Stream<Arguments> onTheDefaultVersion() {
        return trips(IntStream.of(TestPostgres.DEFAULT_MAJOR));
    }

    static Stream<Arguments> ofTheCompany() {
        return onTheDefaultVersion()
                .filter(trip -> ((RoundTripCase) trip.get()[0]).sample() == SampleDatabase.COMPANY);
    }

    static Stream<Arguments> onTheOtherVersions() {
        return trips(allVersions().filter(major -> major != TestPostgres.DEFAULT_MAJOR));
    }

    private static Stream<Arguments> trips(IntStream majors) {
        return majors.boxed().flatMap(major -> RoundTripCase.ALL.stream()
                .filter(trip -> trip.since() <= major)
                .map(trip -> Arguments.of(trip, major)));
    }

    static IntStream allVersions() {
        return IntStream.rangeClosed(13, 18);
    }
}
