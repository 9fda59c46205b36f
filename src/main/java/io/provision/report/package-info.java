/** Text, JSON, YAML and the other outputs. Pure: returns strings. */
package io.provision.report;
