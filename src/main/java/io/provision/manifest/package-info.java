/** YAML to validated records, with line and column; the cascade; collisions ({@code manifest.md}). */
package io.provision.manifest;
