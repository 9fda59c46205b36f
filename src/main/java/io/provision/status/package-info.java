/** How the instances stand by now; it only looks. */
package io.provision.status;
