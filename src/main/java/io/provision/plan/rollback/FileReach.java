package io.provision.plan.rollback;

import io.provision.plan.Effect;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a file of {@code sql:} did to things beyond those that it made. Only what was made can be taken back, by
 * dropping it: a file that changed or dropped what stays has to count as run.
 */
final class FileReach {

    /** By the identity of what they made. */
    private final Map<String, Set<NetChange>> makers = new HashMap<>();

    /** @param files all that ran, whether they are to be undone or not */
    FileReach(Collection<NetChange> files) {
        files.forEach(file -> file.effects().stream()
                .filter(FileReach::makesWhole)
                .forEach(made -> makers.computeIfAbsent(made.identity(), i -> new LinkedHashSet<>()).add(file)));
    }

    /** Why nothing can take back what a file did: it did it to something that no file made. */
    Optional<String> beyond(NetChange file) {
        List<Effect> beyond = file.effects().stream()
                .filter(FileReach::outlasts)
                .filter(effect -> makers(file, effect).isEmpty())
                .toList();
        return beyond.stream().findFirst().map(first -> "it %s%s, which it did not make: nothing takes that back, and "
                        .formatted(words(first), more(beyond.size() - 1))
                + "the file counts as run");
    }

    /** Why a file has to stay with others that do: it changed what one of them made. */
    Optional<String> staysWith(NetChange file, Predicate<NetChange> staying) {
        return file.effects().stream()
                .filter(FileReach::outlasts)
                .filter(effect -> makers(file, effect).stream().anyMatch(staying))
                .findFirst()
                .map(effect -> "it %s, which stays".formatted(words(effect)));
    }

    private static boolean outlasts(Effect effect) {
        return effect.kind() != Effect.Kind.MADE || InsideOfType.is(effect);
    }

    /** Not those that made something of the same name later: what a file dropped before was another thing. */
    private List<NetChange> makers(NetChange file, Effect effect) {
        return Stream.concat(Stream.of(effect.identity()), holder(effect).stream())
                .flatMap(identity -> makers.getOrDefault(identity, Set.of()).stream())
                .distinct()
                .filter(maker -> maker.first().id() <= file.last().id())
                .filter(maker -> maker.effects().stream()
                        .filter(FileReach::makesWhole)
                        .anyMatch(made -> made.sameObject(effect)
                                || holder(effect).filter(made.identity()::equals).isPresent()))
                .toList();
    }

    private static boolean makesWhole(Effect effect) {
        return effect.kind() == Effect.Kind.MADE && !InsideOfType.is(effect);
    }

    /** What it is a part of. */
    private static Optional<String> holder(Effect effect) {
        return InsideOfType.is(effect) ? InsideOfType.holder(effect) : effect.part();
    }

    private static String words(Effect effect) {
        return "%s the %s %s".formatted(
                effect.kind().name().toLowerCase(Locale.ROOT), effect.type(), effect.identity());
    }

    private static String more(int others) {
        return others == 0 ? "" : " and %d more".formatted(others);
    }
}
