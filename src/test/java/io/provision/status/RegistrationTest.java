package io.provision.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistrationTest {

    @Test
    void whatSaysThatItIsOfTheEndOfTimeIsNotStale() {
        Registration entry = new Registration("services:a:a", Map.of(), Optional.of(Instant.MAX), List.of());

        assertEquals(Optional.of(false), entry.stale(Instant.EPOCH, Duration.ofMinutes(5)));
    }
}
