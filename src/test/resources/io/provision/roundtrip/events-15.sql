-- What PostgreSQL 15 brought.

CREATE PUBLICATION events_schema FOR TABLES IN SCHEMA public WITH (publish = 'insert');
CREATE PUBLICATION events_errors FOR TABLE audit_events (audit_id, event_id) WHERE (audit_id > 200);
COMMENT ON PUBLICATION events_schema IS 'all that stands in public';
