/** What a Redis user may do: rules as Redis means them, whatever words a server has for them. Pure. */
package io.provision.plan.acl;
