-- What PostgreSQL 17 brought.

CREATE TABLE numbered_events (
  number bigint GENERATED ALWAYS AS IDENTITY,
  day date NOT NULL
) PARTITION BY RANGE (day);
CREATE TABLE numbered_events_2026 PARTITION OF numbered_events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO numbered_events (day) SELECT DATE '2026-01-01' + i FROM generate_series(1, 50) i;
