/**
 * Everything that speaks SQL to the instances' database.
 *
 * <p>{@link io.provision.postgres.Postgres} opens a {@link io.provision.postgres.Session}, which has one transaction at
 * a time; {@link io.provision.postgres.RunLock} keeps runs apart. A class named Query, or Inspector, reads the
 * catalogs; one named Statements writes the text of changes, and {@link io.provision.postgres.Sql} alone quotes in it.
 * What may not be begun, {@link io.provision.postgres.Prerequisites} tells; what failed,
 * {@link io.provision.postgres.DatabaseFailure}.
 */
package io.provision.postgres;
