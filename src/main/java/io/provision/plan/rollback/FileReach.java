package io.provision.plan.rollback;

import io.provision.plan.Effect;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a file of {@code sql:} did to things beyond those that it made. Only what was made can be taken back, by
 * dropping it: a file that changed or dropped what stays has to count as run.
 */
final class FileReach {

    private final Collection<NetChange> files;

    /** @param files all that ran, whether they are to be undone or not */
    FileReach(Collection<NetChange> files) {
        this.files = List.copyOf(files);
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
    Optional<String> staysWith(NetChange file, Set<NetChange> staying) {
        return file.effects().stream()
                .filter(FileReach::outlasts)
                .filter(effect -> makers(file, effect).stream().anyMatch(staying::contains))
                .findFirst()
                .map(effect -> "it %s, which stays".formatted(words(effect)));
    }

    private static boolean outlasts(Effect effect) {
        return effect.kind() != Effect.Kind.MADE || InsideOfType.is(effect);
    }

    /** Not those that made something of the same name later: what a file dropped before was another thing. */
    private List<NetChange> makers(NetChange file, Effect effect) {
        return files.stream()
                .filter(maker -> maker.first().id() <= file.last().id())
                .filter(maker -> maker.effects().stream()
                        .filter(made -> made.kind() == Effect.Kind.MADE && !InsideOfType.is(made))
                        .anyMatch(made -> made.sameObject(effect) || holds(made, effect)))
                .toList();
    }

    private static boolean holds(Effect made, Effect effect) {
        Optional<String> holder = InsideOfType.is(effect) ? InsideOfType.holder(effect) : effect.part();
        return holder.filter(made.identity()::equals).isPresent();
    }

    private static String words(Effect effect) {
        return "%s the %s %s".formatted(
                effect.kind().name().toLowerCase(Locale.ROOT), effect.type(), effect.identity());
    }

    private static String more(int others) {
        return others == 0 ? "" : " and %d more".formatted(others);
    }
}
