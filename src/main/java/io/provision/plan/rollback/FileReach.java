package io.provision.plan.rollback;

import io.provision.plan.Effect;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a file of {@code sql:} did to things beyond those that it made. Only what was made can be taken back, by
 * dropping it: a file that changed or dropped what stays has to count as run.
 */
final class FileReach {

    private final Makers going = new Makers();
    private final Makers kept = new Makers();
    private final Makers staying;

    /**
     * @param files those that are to be undone
     * @param staying all others that ran
     */
    FileReach(Collection<NetChange> files, Makers staying) {
        this.staying = staying;
        if (files.stream().flatMap(file -> file.effects().stream()).anyMatch(FileReach::outlasts)) {
            files.forEach(going::add);
        }
    }

    /** One that was to be undone stays. */
    void keep(NetChange file) {
        kept.add(file);
    }

    /** Why nothing can take back what a file did: it did it to something that no file made. */
    Optional<String> beyond(NetChange file) {
        List<Effect> beyond = file.effects().stream()
                .filter(FileReach::outlasts)
                .filter(effect -> !going.made(effect, file) && !staying.made(effect, file))
                .toList();
        return beyond.stream().findFirst().map(first -> "it %s%s, which it did not make: nothing takes that back, and "
                        .formatted(words(first), more(beyond.size() - 1))
                + "the file counts as run");
    }

    /** Why a file has to stay with others that do: it changed what one of them made. */
    Optional<String> staysWith(NetChange file) {
        return file.effects().stream()
                .filter(FileReach::outlasts)
                .filter(effect -> kept.made(effect, file) || staying.made(effect, file))
                .findFirst()
                .map(effect -> "it %s, which stays".formatted(words(effect)));
    }

    private static boolean outlasts(Effect effect) {
        return effect.kind() != Effect.Kind.MADE || InsideOfType.is(effect);
    }

    private static String words(Effect effect) {
        return "%s the %s %s".formatted(
                effect.kind().name().toLowerCase(Locale.ROOT), effect.type(), effect.identity());
    }

    private static String more(int others) {
        return others == 0 ? "" : " and %d more".formatted(others);
    }
}
