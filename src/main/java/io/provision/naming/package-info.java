/** Identities, naming rules, derived names ({@code naming.md}). Pure. */
package io.provision.naming;
