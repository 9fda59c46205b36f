package io.provision.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.plan.Change;
import io.provision.plan.RedisResource.ValidatedNamespace;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedisCommandsTest {

    private static final Change VALIDATION = new Change(
            "exchange-OKX",
            Optional.empty(),
            Optional.of(new ValidatedNamespace("exchange:OKX")),
            "no key was set in it yet",
            List.of());

    @Test
    void aValidationReadsAsAPersonWouldTypeIt() {
        assertEquals(
                "SET exchange:OKX:__validation__ … PX 10000 NX; DEL exchange:OKX:__validation__",
                RedisCommands.describe(VALIDATION));
    }

    @Test
    void turnedRoundThereIsNothingToDo() {
        assertEquals("nothing: no key was left there", RedisCommands.describe(VALIDATION.inverse()));
    }
}
