/** What can be wrong, with place and remedy; the one exception; exit codes. Imports nothing of ours. */
package io.provision.problem;
