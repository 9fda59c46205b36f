/** What a migration out of one schema into another has to know of the catalogs. */
package io.provision.postgres.migration;
