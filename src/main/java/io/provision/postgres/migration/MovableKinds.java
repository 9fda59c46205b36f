package io.provision.postgres.migration;

import io.provision.plan.Movable;
import java.util.Optional;

/** What the letters in the catalogs say of how an object moves. */
final class MovableKinds {

    private MovableKinds() {}

    /**
     * @param catalog {@code pg_class}, {@code pg_type}, {@code pg_proc} or {@code pg_statistic_ext}
     * @param kind {@code relkind}, {@code typtype} or {@code prokind}
     * @return empty for what does not move by itself, or is not known
     */
    static Optional<Movable> of(String catalog, char kind) {
        return Optional.ofNullable(
                switch (catalog) {
                    case "pg_class" -> ofRelation(kind);
                    case "pg_type" -> ofType(kind);
                    case "pg_proc" -> kind == 'f' ? Movable.FUNCTION : null;
                    case "pg_statistic_ext" -> Movable.STATISTICS;
                    default -> null;
                });
    }

    private static Movable ofRelation(char kind) {
        return switch (kind) {
            case 'r', 'p' -> Movable.TABLE;
            case 'f' -> Movable.FOREIGN_TABLE;
            case 'v' -> Movable.VIEW;
            case 'm' -> Movable.MATERIALIZED_VIEW;
            case 'S' -> Movable.SEQUENCE;
            default -> null;
        };
    }

    private static Movable ofType(char kind) {
        return switch (kind) {
            case 'd' -> Movable.DOMAIN;
            case 'c', 'e', 'r', 'm' -> Movable.TYPE;
            default -> null;
        };
    }

    /** What does not move, with its article. */
    static String title(String catalog, char kind) {
        if (catalog.equals("pg_class")) {
            return switch (kind) {
                case 'i', 'I' -> "an index";
                case 'c' -> "a composite type";
                default -> "a relation of the unknown kind " + kind;
            };
        }
        return switch (catalog + kind) {
            case "pg_procp" -> "a procedure";
            case "pg_proca" -> "an aggregate";
            case "pg_procw" -> "a window function";
            default -> "of the unknown kind " + kind;
        };
    }
}
