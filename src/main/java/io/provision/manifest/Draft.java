package io.provision.manifest;

/**
 * An instance together with the settings that it was made from, for checks that must name their lines.
 *
 * @param named whether its names are known and valid; where they are not, which has been told, what else is wrong
 *     with it is still found, and unknown names are such as collide with none
 */
record Draft(Instance instance, Settings settings, boolean named) {

    String name() {
        return instance.name();
    }
}
