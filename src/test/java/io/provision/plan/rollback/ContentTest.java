package io.provision.plan.rollback;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.Movable;
import io.provision.plan.rollback.Standing.Content;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContentTest {

    private final Placement sequence =
            Placement.moved(Movable.SEQUENCE, "status", "public", "exchange_okx", "exchange_okx_adapter");

    @Test
    void aTypeOfTheSameNameIsNotTheSequenceThatMoved() {
        assertFalse(new Content("1247:16400", "type exchange_okx.status", "status", Optional.empty()).is(sequence));
    }

    @Test
    void theSequenceIs() {
        assertTrue(new Content("1259:16400", "sequence exchange_okx.status", "status", Optional.empty()).is(sequence));
    }
}
