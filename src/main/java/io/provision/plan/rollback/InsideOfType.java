package io.provision.plan.rollback;

import io.provision.plan.Effect;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is made inside of a type, which has to be dropped for it to go, as {@code 'sell' of trading.side}. */
final class InsideOfType {

    private static final Set<String> TYPES = Set.of("enum value", "domain constraint");
    private static final Pattern HOLDER = Pattern.compile(".* (?:of|on) (.+)", Pattern.DOTALL);

    private InsideOfType() {}

    static boolean is(Effect effect) {
        return TYPES.contains(effect.type());
    }

    /** The identity of the type; empty for what is something else. */
    static Optional<String> holder(Effect effect) {
        return Optional.of(effect)
                .filter(InsideOfType::is)
                .map(inside -> HOLDER.matcher(inside.identity()))
                .filter(Matcher::matches)
                .map(match -> match.group(1));
    }
}
