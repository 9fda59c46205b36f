package io.provision.postgres.migration;

import io.provision.plan.MoveRequest;

/**
 * One instance's move from one schema to another, out or back.
 *
 * @param number tells routes apart in queries that look for all of them together
 * @param back whether it is the way back: then only what cannot stay behind joins what is named
 */
record Route(
        int number,
        String instance,
        String role,
        String from,
        String to,
        boolean compat,
        boolean ownedByRole,
        boolean back) {

    static Route out(int number, MoveRequest request) {
        return new Route(
                number,
                request.instance(),
                request.role(),
                request.from(),
                request.to(),
                request.compat(),
                request.ownedByRole(),
                false);
    }

    static Route back(int number, String instance, String from, String to) {
        return new Route(number, instance, "", from, to, false, false, true);
    }
}
