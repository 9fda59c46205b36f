/** One class a subcommand; the wiring. */
package io.provision.cli;
