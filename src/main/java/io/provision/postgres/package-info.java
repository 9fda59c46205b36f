/** Everything that speaks SQL to the instances' database: catalog queries, statements, connection, lock. */
package io.provision.postgres;
