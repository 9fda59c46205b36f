package io.provision.verify;

import java.util.stream.Stream;

/**
 * A door that somebody opens by hand, and what a verification is to say of it. {@code okx} and {@code komainu} stand
 * for the two instances, their schemas and roles.
 *
 * @param open what the superuser runs
 * @param from who gets in; empty for every instance
 * @param to where to; empty for every instance
 * @param path what the finding says, among other things
 * @param clean what takes away what the remedy leaves standing
 */
record BreachCase(
        String name, int since, int until, String open, String from, String to, String path, String clean) {

    private static final String OKX = "exchange-okxNN";
    private static final String KOMAINU = "custodian-komainuNN";
    private static final int NEWEST = 99;

    /** On every version; okx gets at what is komainu's. */
    static BreachCase of(String name, String open, String path) {
        return new BreachCase(name, 0, NEWEST, open, OKX, KOMAINU, path, "");
    }

    BreachCase since(int major) {
        return new BreachCase(name, major, until, open, from, to, path, clean);
    }

    BreachCase until(int major) {
        return new BreachCase(name, since, major, open, from, to, path, clean);
    }

    BreachCase fromAll() {
        return new BreachCase(name, since, until, open, "*", to, path, clean);
    }

    BreachCase toAll() {
        return new BreachCase(name, since, until, open, from, "*", path, clean);
    }

    BreachCase cleaning(String statements) {
        return new BreachCase(name, since, until, open, from, to, path, statements);
    }

    boolean isOn(int major) {
        return since <= major && major <= until;
    }

    /** With the names that it stands for. */
    static String written(String text) {
        return text.replace("okx_role", "exchange_okxNN_adapter")
                .replace("komainu_role", "custodian_komainuNN_adapter")
                .replace("okx.", "exchange_okxNN.")
                .replace("komainu.", "custodian_komainuNN.")
                .replace("okx_schema", "exchange_okxNN")
                .replace("komainu_schema", "custodian_komainuNN");
    }

    @Override
    public String toString() {
        return name;
    }

    static Stream<BreachCase> all() {
        return Stream.of(RightBreaches.all(), RoleBreaches.all(), ObjectBreaches.all()).flatMap(cases -> cases);
    }

    BreachCase to(String instance) {
        return new BreachCase(name, since, until, open, from, instance, path, clean);
    }
}
