package io.provision.plan.rollback;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.plan.Change;
import io.provision.plan.Effect;
import io.provision.plan.SqlFile;
import io.provision.plan.SqlScript;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MakersTest {

    private static final Effect MADE = effect(Effect.Kind.MADE, "table", "s.orders", Optional.empty());

    private final Makers makers = new Makers();

    @Test
    void whatAnEarlierFileMadeIsKnown() {
        makers.add(file(1, MADE));

        assertTrue(makers.made(effect(Effect.Kind.CHANGED, "table", "s.orders", Optional.empty()), file(2)));
    }

    @Test
    void whatALaterFileMadeOfThatNameIsAnotherThing() {
        makers.add(file(2, MADE));

        assertFalse(makers.made(effect(Effect.Kind.DROPPED, "table", "s.orders", Optional.empty()), file(1)));
    }

    @Test
    void ofSeveralThatMadeItTheFirstCounts() {
        makers.add(file(3, MADE));
        makers.add(file(1, MADE));

        assertTrue(makers.made(effect(Effect.Kind.DROPPED, "table", "s.orders", Optional.empty()), file(2)));
    }

    @Test
    void aThingOfAnotherKindIsAnotherThing() {
        makers.add(file(1, MADE));

        assertFalse(makers.made(effect(Effect.Kind.CHANGED, "function", "s.orders", Optional.empty()), file(2)));
    }

    @Test
    void aPartIsOfWhoeverMadeTheWhole() {
        makers.add(file(1, MADE));

        assertTrue(makers.made(
                effect(Effect.Kind.DROPPED, "trigger", "stamp on s.orders", Optional.of("s.orders")), file(2)));
    }

    @Test
    void aValueOfATypeMakesNoThing() {
        makers.add(file(1, effect(Effect.Kind.MADE, "enum value", "'sell' of s.side", Optional.empty())));

        assertFalse(makers.made(
                effect(Effect.Kind.DROPPED, "enum value", "'sell' of s.side", Optional.empty()), file(2)));
    }

    private static Effect effect(Effect.Kind kind, String type, String identity, Optional<String> part) {
        return new Effect(kind, type, identity, part);
    }

    private static NetChange file(long id, Effect... effects) {
        SqlFile file = new SqlFile("s", new SqlScript.Name("V%d__a.sql".formatted(id), List.of(id)), "0".repeat(64));
        Change change = new Change("cache-A", Optional.empty(), Optional.of(file), "to run", List.of());
        Recorded recorded = new Recorded(id, "run", false, "host", "1", change, List.of(effects));
        return new NetChange("cache-A", Optional.empty(), Optional.of(file), recorded, recorded, List.of(effects));
    }
}
