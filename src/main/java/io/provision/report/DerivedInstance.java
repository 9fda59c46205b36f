package io.provision.report;

import io.provision.naming.Adapter;
import io.provision.naming.Identity;
import io.provision.naming.Names;
import io.provision.naming.NamingRule;
import java.util.Objects;

/** An instance's names, and how it came to them. */
public record DerivedInstance(Identity identity, NamingRule naming, Adapter adapter, Names names) {

    public DerivedInstance {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(naming, "naming");
        Objects.requireNonNull(adapter, "adapter");
        Objects.requireNonNull(names, "names");
    }
}
