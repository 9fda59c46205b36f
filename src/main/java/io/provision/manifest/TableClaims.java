package io.provision.manifest;

import io.provision.problem.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Each table of public belongs to one instance ({@code postgres.md}, "Migration out of public"). */
final class TableClaims {

    /** @param position in the order of the manifest */
    private record Claim(Value.Scalar table, Draft draft, int position) {

        String instance() {
            return draft.name();
        }

        Glob glob() {
            return new Glob(table.text());
        }

        /** One line of a service or of the defaults may make both claims. */
        Place placeBeside(Claim other) {
            return table.place().equals(other.table.place()) ? draft.settings().place() : table.place();
        }
    }

    private final Faults faults;

    TableClaims(Faults faults) {
        this.faults = faults;
    }

    void check(List<Draft> drafts) {
        Map<String, Claim> firstOfPattern = new LinkedHashMap<>();
        int position = 0;
        for (Draft draft : drafts) {
            for (Value.Scalar table : draft.settings().below("migrate").list("tables")) {
                Claim claim = new Claim(table, draft, position++);
                Claim earlier = firstOfPattern.putIfAbsent(table.text(), claim);
                if (earlier != null) {
                    tell(earlier, claim);
                }
            }
        }
        overlaps(new ArrayList<>(firstOfPattern.values()));
    }

    /** Two patterns can meet only if what one begins with begins what the other begins with: sorted, they are near. */
    private void overlaps(List<Claim> claims) {
        claims.sort(Comparator.comparing(claim -> claim.glob().literalPrefix()));
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            String prefix = claim.glob().literalPrefix();
            for (int j = i + 1; j < claims.size()
                    && claims.get(j).glob().literalPrefix().startsWith(prefix); j++) {
                Claim other = claims.get(j);
                if (claim.glob().meets(other.glob())) {
                    boolean first = claim.position() < other.position();
                    tell(first ? claim : other, first ? other : claim);
                }
            }
        }
    }

    private void tell(Claim one, Claim other) {
        if (one.instance().equals(other.instance())) {
            return;
        }
        boolean same = one.glob().equals(other.glob());
        String what = same
                ? "both claim the table `" + one.table().written() + "`"
                : "claim `" + one.table().written() + "` and `" + other.table().written() + "`, which can mean one "
                        + "table";
        faults.error(other.placeBeside(one), "instances `" + one.instance() + "` (" + one.placeBeside(other) + ") and `"
                + other.instance() + "` " + what + " in `migrate.tables`",
                "a table moves to one instance: take it away from the other");
    }
}
