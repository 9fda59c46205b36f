/**
 * What can be wrong, with place and remedy; the one exception; exit codes; how numbers, lists and reasons are put into
 * its sentences. Imports nothing of ours.
 */
package io.provision.problem;
