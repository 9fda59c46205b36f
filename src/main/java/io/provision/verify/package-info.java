/**
 * Proofs that everything is there and that no instance reaches another's data; changes nothing. Each proof yields
 * {@link io.provision.verify.Evidence}; {@link io.provision.verify.Verification} adds it up to a
 * {@link io.provision.verify.Verdict}.
 */
package io.provision.verify;
