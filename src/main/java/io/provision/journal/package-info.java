/** Runs and changes, as records and as tables. */
package io.provision.journal;
