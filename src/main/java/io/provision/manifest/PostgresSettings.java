package io.provision.manifest;

import java.util.Objects;
import java.util.Optional;

/**
 * Where PostgreSQL is ({@code manifest.md}, "Connections").
 *
 * @param url {@code embedded} or a connection URL; empty where libpq's environment counts
 * @param serviceUrl what the services are told
 * @param distribute whether instance schemas become Citus distributed schemas
 * @param journalSchema the schema of the journal
 */
public record PostgresSettings(
        Optional<String> url,
        Optional<String> serviceUrl,
        boolean distribute,
        String journalSchema,
        Optional<TlsSettings> tls) {

    public static final String EMBEDDED = "embedded";
    public static final String DEFAULT_JOURNAL_SCHEMA = "provision";

    public PostgresSettings {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(serviceUrl, "serviceUrl");
        Objects.requireNonNull(journalSchema, "journalSchema");
        Objects.requireNonNull(tls, "tls");
    }
}
