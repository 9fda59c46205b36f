/** What turns a journaled run round. Pure. */
package io.provision.plan.rollback;
