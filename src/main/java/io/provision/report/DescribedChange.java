package io.provision.report;

import io.provision.plan.Change;
import java.util.List;
import java.util.Objects;

/**
 * A change with its texts.
 *
 * @param forward what is done, as a person would type it
 * @param inverse what undoes it
 * @param statements the statements of a change in PostgreSQL, without their semicolons; empty for the other stores
 */
public record DescribedChange(Change change, String forward, String inverse, List<String> statements) {

    public DescribedChange {
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(forward, "forward");
        Objects.requireNonNull(inverse, "inverse");
        statements = List.copyOf(statements);
    }
}
