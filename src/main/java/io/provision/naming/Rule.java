package io.provision.naming;

/** One naming rule's computation; the constants of {@link NamingRule} each have one. */
interface Rule {

    /** @param stem the identity's, already found: only {@code component} looks at it */
    Computation compute(Identity identity, Stem stem);
}
