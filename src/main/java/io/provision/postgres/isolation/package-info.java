/** Who can reach what in PostgreSQL, read from the catalogs in a constant number of queries. */
package io.provision.postgres.isolation;
