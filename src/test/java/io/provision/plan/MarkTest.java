package io.provision.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkTest {

    private static final Mark MARK = new Mark("trading-ecosystem", "exchange-OKX", "trading");

    @Test
    void aMarkIsALineThatAPersonCanRead() {
        assertEquals("provision: ecosystem=trading-ecosystem instance=exchange-OKX database=trading", MARK.text());
    }

    @ParameterizedTest
    @CsvSource({
        "trading-ecosystem, exchange-OKX, trading",
        "trading-ecosystem, *, trading",
        "e, i, a database with spaces",
        "e, i, database=trading instance=x",
    })
    void aMarkIsReadAsItWasWritten(String ecosystem, String instance, String database) {
        Mark mark = new Mark(ecosystem, instance, database);

        assertEquals(Optional.of(mark), Mark.parse(mark.text()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "made by hand",
        "provision: ",
        "provision: ecosystem=e instance=i",
        "provision: ecosystem=e instance=i database=",
        "see provision: ecosystem=e instance=i database=d",
        "Provision: ecosystem=e instance=i database=d",
    })
    void anotherHandsCommentIsNoMark(String comment) {
        assertEquals(Optional.empty(), Mark.parse(comment));
    }

    @ParameterizedTest
    @CsvSource({
        "trading-ecosystem, exchange-OKX, trading, true",
        "trading-ecosystem, risk-monitor, trading, true",
        "trading-ecosystem, exchange-OKX, staging, false",
        "another-ecosystem, exchange-OKX, trading, false",
    })
    void ecosystemAndDatabaseMakeAHouse(String ecosystem, String instance, String database, boolean same) {
        assertEquals(same, MARK.sameOrigin(new Mark(ecosystem, instance, database)));
    }
}
