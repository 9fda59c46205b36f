/** Proofs that everything is there and that no instance reaches another's data; changes nothing. */
package io.provision.verify;
