/** The tool's own PostgreSQL and Redis. */
package io.provision.embedded;
