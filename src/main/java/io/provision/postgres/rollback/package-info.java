/** What a rollback has to know of the catalogs. */
package io.provision.postgres.rollback;
