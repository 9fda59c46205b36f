package io.provision.cli;

import io.provision.report.Palette;
import java.util.Locale;
import java.util.Optional;

/** {@code --color}. */
enum ColorChoice {
    AUTO,
    ALWAYS,
    NEVER;

    /** {@code NO_COLOR} (no-color.org) and a dumb terminal count where the command line says nothing. */
    Palette palette(CommandContext context, boolean terminal) {
        boolean wanted = switch (this) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> terminal
                    && context.variable("NO_COLOR").isEmpty()
                    && !context.variable("TERM").equals(Optional.of("dumb"));
        };
        return wanted ? Palette.COLOR : Palette.PLAIN;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
