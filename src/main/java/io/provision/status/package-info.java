/** How the instances stand; it only looks. */
package io.provision.status;
