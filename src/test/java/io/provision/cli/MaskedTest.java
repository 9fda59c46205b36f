package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "postgres://me:pw@host/db                    | postgres://me:***@host/db",
        "redis://:pw@host:6379/0                     | redis://:***@host:6379/0",
        "postgres://me:p@w@host/db                   | postgres://me:***@host/db",
        "postgres://me:p/w@host/db                   | postgres://me:***@host/db",
        "jdbc:postgresql://h/db?user=me&password=pw&x=y | jdbc:postgresql://h/db?user=me&password=***&x=y",
        "host=h sslpassword=pw dbname=d              | host=h sslpassword=*** dbname=d",
        "postgres://me@host/db                       | postgres://me@host/db",
        "http://host:80/a                            | http://host:80/a",
        "write redis://[user:password@]host[:port]   | write redis://[user:password@]host[:port]",
    })
    void passwordsOfUrlsAreCoveredUp(String text, String masked) {
        assertEquals(masked, Masked.of(text));
    }
}
