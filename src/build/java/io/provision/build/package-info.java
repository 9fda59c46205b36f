/** What the build runs on the packaged jar; no part of the program. */
package io.provision.build;
