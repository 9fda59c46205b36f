-- The audit trail of the ecosystem. A table that stands already (one that `migrate` brought) stays exactly as it is:
-- its columns, indexes and triggers are its own.

CREATE OR REPLACE FUNCTION ${schema}.update_updated_at_column()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END
$$;

DO $do$
BEGIN
  IF to_regclass(format('%I.audit_events', ${schema:literal})) IS NULL THEN
    CREATE TABLE ${schema}.audit_events (
      id             serial       PRIMARY KEY,
      event_id       varchar(255) NOT NULL UNIQUE,
      service_name   varchar(100) NOT NULL,
      event_type     varchar(100) NOT NULL,
      trace_id       varchar(255),
      correlation_id varchar(255),
      user_id        varchar(255),
      metadata       jsonb,
      timestamp      timestamp    NOT NULL DEFAULT now(),
      created_at     timestamp    NOT NULL DEFAULT now(),
      updated_at     timestamp    NOT NULL DEFAULT now()
    );
    CREATE INDEX idx_audit_events_trace_id ON ${schema}.audit_events (trace_id);
    CREATE INDEX idx_audit_events_service_name ON ${schema}.audit_events (service_name);
    CREATE INDEX idx_audit_events_event_type ON ${schema}.audit_events (event_type);
    CREATE INDEX idx_audit_events_timestamp ON ${schema}.audit_events (timestamp);
    CREATE INDEX idx_audit_events_correlation_id ON ${schema}.audit_events (correlation_id);
    CREATE TRIGGER update_audit_events_updated_at BEFORE UPDATE ON ${schema}.audit_events
      FOR EACH ROW EXECUTE FUNCTION ${schema}.update_updated_at_column();
  END IF;
END
$do$;

DO $do$
BEGIN
  IF to_regclass(format('%I.service_registrations', ${schema:literal})) IS NULL THEN
    CREATE TABLE ${schema}.service_registrations (
      id             serial       PRIMARY KEY,
      service_name   varchar(100) NOT NULL,
      instance_name  varchar(100) NOT NULL,
      host           varchar(255) NOT NULL,
      http_port      integer,
      grpc_port      integer,
      version        varchar(50),
      environment    varchar(50),
      status         varchar(50)  NOT NULL DEFAULT 'unknown',
      metadata       jsonb,
      registered_at  timestamp    NOT NULL DEFAULT now(),
      last_heartbeat timestamp,
      updated_at     timestamp    NOT NULL DEFAULT now(),
      UNIQUE (service_name, instance_name)
    );
    CREATE TRIGGER update_service_registrations_updated_at BEFORE UPDATE ON ${schema}.service_registrations
      FOR EACH ROW EXECUTE FUNCTION ${schema}.update_updated_at_column();
  END IF;
END
$do$;

DO $do$
BEGIN
  IF to_regclass(format('%I.audit_correlations', ${schema:literal})) IS NULL THEN
    CREATE TABLE ${schema}.audit_correlations (
      id               serial       PRIMARY KEY,
      correlation_id   varchar(255) NOT NULL,
      source_event_id  varchar(255) NOT NULL,
      target_event_id  varchar(255) NOT NULL,
      correlation_type varchar(100) NOT NULL,
      confidence       numeric(5, 4),
      metadata         jsonb,
      created_at       timestamp    NOT NULL DEFAULT now(),
      updated_at       timestamp    NOT NULL DEFAULT now()
    );
    CREATE INDEX idx_audit_correlations_correlation_id ON ${schema}.audit_correlations (correlation_id);
    CREATE INDEX idx_audit_correlations_source_event_id ON ${schema}.audit_correlations (source_event_id);
    CREATE INDEX idx_audit_correlations_target_event_id ON ${schema}.audit_correlations (target_event_id);
    CREATE TRIGGER update_audit_correlations_updated_at BEFORE UPDATE ON ${schema}.audit_correlations
      FOR EACH ROW EXECUTE FUNCTION ${schema}.update_updated_at_column();
    -- Events that stood already may have no such column, or no key on it that could be referenced.
    IF EXISTS (
      SELECT
      FROM pg_index i
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
      WHERE i.indrelid = to_regclass(format('%I.audit_events', ${schema:literal}))
        AND i.indisunique
        AND i.indimmediate
        AND i.indisvalid
        AND i.indnkeyatts = 1
        AND i.indpred IS NULL
        AND a.attname = 'event_id'
        AND a.atttypid IN ('varchar'::regtype, 'text'::regtype)
    ) THEN
      ALTER TABLE ${schema}.audit_correlations
        ADD FOREIGN KEY (source_event_id) REFERENCES ${schema}.audit_events (event_id),
        ADD FOREIGN KEY (target_event_id) REFERENCES ${schema}.audit_events (event_id);
    END IF;
  END IF;
END
$do$;

DO $do$
BEGIN
  IF to_regclass(format('%I.service_metrics', ${schema:literal})) IS NULL THEN
    CREATE TABLE ${schema}.service_metrics (
      id            serial           PRIMARY KEY,
      service_name  varchar(100)     NOT NULL,
      instance_name varchar(100)     NOT NULL,
      metric_name   varchar(255)     NOT NULL,
      metric_value  double precision NOT NULL,
      labels        jsonb,
      recorded_at   timestamp        NOT NULL DEFAULT now()
    );
    CREATE INDEX idx_service_metrics_series
      ON ${schema}.service_metrics (service_name, instance_name, metric_name, recorded_at);
  END IF;
END
$do$;
