package io.provision.report;

import io.provision.plan.Change;

/** The lines that a plan and the plan of a rollback have in common. */
record PlanLines(StringBuilder text, Palette palette) {

    void heading(String instance) {
        text.append(palette.heading(instance.equals(Change.SHARED) ? "shared by several" : instance)).append('\n');
    }

    /** @param sign with its colour */
    void change(String sign, String what, String why, String statements) {
        text.append("  ").append(sign).append(' ')
                .append(Legible.line(what))
                .append(palette.faint("  # " + Legible.line(why))).append('\n');
        statements.lines().forEach(line -> text.append("      ").append(line).append('\n'));
    }

    void hazards(Change change) {
        change.hazards().forEach(hazard -> text.append("      ")
                .append(palette.error("hazard " + hazard.kind() + ": "))
                .append(Legible.line(hazard.message())).append('\n'));
    }
}
