package io.provision.manifest;

import java.util.List;
import java.util.Objects;

/** What moves out of {@code public} ({@code postgres.md}, "Migration out of public"). */
public record Migrate(List<String> tables, Views views, TableOwner owner) {

    public enum Views { NONE, COMPAT }

    public enum TableOwner { KEEP, ROLE }

    public static final Migrate NOTHING = new Migrate(List.of(), Views.NONE, TableOwner.KEEP);

    public Migrate {
        tables = List.copyOf(tables);
        Objects.requireNonNull(views, "views");
        Objects.requireNonNull(owner, "owner");
    }
}
