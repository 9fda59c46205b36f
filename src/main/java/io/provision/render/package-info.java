/** Artefacts from the manifest; pure: what is written where is for {@code cli}. */
package io.provision.render;
