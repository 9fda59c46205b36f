-- What PostgreSQL 14 brought.

CREATE TABLE event_versions (
  event_id bigint PRIMARY KEY REFERENCES archived_events,
  valid version_numbers NOT NULL,
  known version_numbers_multirange DEFAULT '{}'
);
INSERT INTO event_versions (event_id, valid) SELECT event_id, version_numbers(1, 5) FROM archived_events;
CREATE FUNCTION worst_of(p_event_id bigint) RETURNS loud_severity LANGUAGE sql STABLE
  RETURN (SELECT a.worst FROM archived_events a WHERE a.event_id = p_event_id);
CREATE STATISTICS archived_body_stat ON (length(body)) FROM archived_events;
ALTER TABLE archived_events ALTER body SET COMPRESSION pglz;
CREATE FUNCTION archive_old() RETURNS bigint LANGUAGE sql
BEGIN ATOMIC
  INSERT INTO archived_events (worst, body)
  SELECT 'warning', e.payload ->> 'text' FROM events e WHERE e.severity = 'error';
  SELECT count(*) FROM archived_events;
END;
