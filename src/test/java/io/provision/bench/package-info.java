/** What {@code scripts/bench} runs: what the tool costs, beside the cheapest script that does the same. */
package io.provision.bench;
