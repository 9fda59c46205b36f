package io.provision.manifest;

/** An instance together with the settings that it was made from, for checks that must name their lines. */
record Draft(Instance instance, Settings settings) {

    String name() {
        return instance.name();
    }
}
