-- What PostgreSQL 18 brought.

CREATE TABLE gate_plan (
  gates int4range NOT NULL,
  during tstzrange NOT NULL,
  flight_id integer,
  PRIMARY KEY (gates, during WITHOUT OVERLAPS)
);
CREATE TABLE gate_cleaning (
  gates int4range,
  during tstzrange,
  FOREIGN KEY (gates, PERIOD during) REFERENCES gate_plan (gates, PERIOD during)
);
INSERT INTO gate_plan SELECT int4range(i, i + 1), tstzrange('2026-01-01', '2026-02-01'), i
FROM generate_series(1, 20) i;
INSERT INTO gate_cleaning SELECT gates, tstzrange('2026-01-03', '2026-01-04') FROM gate_plan;
