-- An airline's bookings. NN stands for a number of the test's own: roles belong to the whole server.

CREATE ROLE legacy_appNN LOGIN;
CREATE ROLE flights_agentNN NOLOGIN;
CREATE ROLE flights_passengerNN NOLOGIN;
CREATE ROLE flights_analystNN NOLOGIN BYPASSRLS;

CREATE TYPE flight_status AS ENUM ('Scheduled', 'On Time', 'Delayed', 'Departed', 'Arrived', 'Cancelled');
CREATE FUNCTION minutes_apart(a time, b time) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT
  AS 'SELECT extract(epoch FROM (a - b))::double precision / 60';
CREATE TYPE timerange AS RANGE (subtype = time, subtype_diff = minutes_apart);
COMMENT ON TYPE timerange IS 'a part of a day';
CREATE DOMAIN seat_no AS varchar(4) CHECK (VALUE ~ '^[0-9]{1,2}[A-K]$');
CREATE FUNCTION lang() RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT coalesce(nullif(current_setting('flights.lang', true), ''), 'en') $$;

CREATE TABLE aircrafts_data (
  aircraft_code character(3) PRIMARY KEY,
  model jsonb NOT NULL,
  range integer NOT NULL CONSTRAINT aircrafts_range_check CHECK (range > 0)
);
CREATE TABLE airports_data (
  airport_code character(3) PRIMARY KEY,
  airport_name jsonb NOT NULL,
  coordinates point NOT NULL,
  open timerange DEFAULT timerange('06:00', '23:00')
);
CREATE INDEX airports_near_idx ON airports_data USING gist (coordinates);
CREATE INDEX airports_name_idx ON airports_data USING gin (airport_name jsonb_path_ops);
CREATE TABLE flights (
  flight_id serial PRIMARY KEY,
  flight_no character(6) NOT NULL,
  scheduled tstzrange NOT NULL,
  departure_airport character(3) NOT NULL REFERENCES airports_data,
  arrival_airport character(3) NOT NULL REFERENCES airports_data,
  status flight_status NOT NULL DEFAULT 'Scheduled',
  aircraft_code character(3) NOT NULL REFERENCES aircrafts_data,
  CONSTRAINT flights_somewhere CHECK (departure_airport <> arrival_airport)
);
CREATE UNIQUE INDEX flights_no_key ON flights (flight_no, lower(scheduled));
CREATE STATISTICS flights_airports_stat (ndistinct, dependencies, mcv)
  ON departure_airport, arrival_airport FROM flights;
ALTER STATISTICS flights_airports_stat SET STATISTICS 300;
-- One runway, and one gate whose intervals are numbered across all days.
CREATE TABLE runway_slots (
  flight_id integer REFERENCES flights ON DELETE CASCADE,
  slot tstzrange,
  gate int8range,
  CONSTRAINT runway_free EXCLUDE USING gist (slot WITH &&),
  CONSTRAINT gate_free EXCLUDE USING gist (gate WITH &&) WHERE (NOT isempty(gate)) DEFERRABLE
);
COMMENT ON CONSTRAINT runway_free ON runway_slots IS 'one at a time';
CREATE TABLE seats (
  aircraft_code character(3) REFERENCES aircrafts_data ON DELETE CASCADE,
  seat_no seat_no,
  fare_conditions varchar(10) NOT NULL CHECK (fare_conditions IN ('Economy', 'Comfort', 'Business')),
  PRIMARY KEY (aircraft_code, seat_no)
);
CREATE TABLE bookings (
  book_ref character(6) PRIMARY KEY,
  book_date timestamptz NOT NULL,
  total_amount numeric(10, 2) NOT NULL,
  agent name NOT NULL DEFAULT current_user
);
CREATE TABLE tickets (
  ticket_no character(13) PRIMARY KEY,
  book_ref character(6) NOT NULL REFERENCES bookings,
  passenger_name text NOT NULL,
  contact_data jsonb DEFAULT '{}'
);
CREATE INDEX tickets_contact_idx ON tickets ((contact_data ->> 'phone'));
CREATE TABLE ticket_flights (
  ticket_no character(13) REFERENCES tickets,
  flight_id integer REFERENCES flights,
  amount numeric(10, 2) NOT NULL,
  PRIMARY KEY (ticket_no, flight_id)
);
CREATE TABLE boarding_passes (
  ticket_no character(13),
  flight_id integer,
  boarding_no integer NOT NULL,
  seat_no seat_no NOT NULL,
  PRIMARY KEY (ticket_no, flight_id),
  FOREIGN KEY (ticket_no, flight_id) REFERENCES ticket_flights ON DELETE CASCADE,
  UNIQUE (flight_id, boarding_no)
);

-- Inheritance, two levels and two parents.
CREATE TABLE people (
  person_id serial PRIMARY KEY,
  name text NOT NULL,
  CONSTRAINT people_named CHECK (name <> '')
);
CREATE TABLE badges (badge text DEFAULT 'none', issued date);
CREATE TABLE frequent_flyers (miles integer NOT NULL DEFAULT 0, PRIMARY KEY (person_id)) INHERITS (people);
CREATE TABLE crew (licence text, badge text DEFAULT 'crew', PRIMARY KEY (person_id)) INHERITS (people, badges);
CREATE TABLE captains (since date) INHERITS (crew);
CREATE INDEX captains_since_idx ON captains (since);
COMMENT ON TABLE captains IS 'crew with a hat';

CREATE UNLOGGED TABLE search_cache (key text PRIMARY KEY, found jsonb);
CREATE TABLE booking_log (logged serial, book_ref character(6), what text, PRIMARY KEY (logged));

INSERT INTO aircrafts_data
SELECT 'A' || to_char(i, 'FM00'), jsonb_build_object('en', 'Plane ' || i, 'de', 'Flugzeug ' || i), 1000 * i
FROM generate_series(1, 9) i;
INSERT INTO airports_data (airport_code, airport_name, coordinates)
SELECT 'P' || to_char(i, 'FM00'), jsonb_build_object('en', 'Port ' || i, 'de', 'Hafen ' || i), point(i, -i)
FROM generate_series(1, 60) i;
INSERT INTO flights (flight_no, scheduled, departure_airport, arrival_airport, status, aircraft_code)
SELECT 'PG' || to_char(i, 'FM0000'),
       tstzrange(timestamptz '2026-01-01 00:00+00' + i * interval '1 hour',
                 timestamptz '2026-01-01 03:00+00' + i * interval '1 hour'),
       'P' || to_char(1 + i % 60, 'FM00'), 'P' || to_char(1 + (i + 1) % 60, 'FM00'),
       (enum_range(NULL::flight_status))[1 + i % 6], 'A' || to_char(1 + i % 9, 'FM00')
FROM generate_series(1, 250) i;
INSERT INTO runway_slots
SELECT flight_id, tstzrange(lower(scheduled), lower(scheduled) + interval '10 minutes'),
       int8range(flight_id, flight_id + 1)
FROM flights;
INSERT INTO seats SELECT 'A' || to_char(1 + i % 9, 'FM00'), (i % 40 + 1) || 'A', 'Economy'
FROM generate_series(1, 360) i;
INSERT INTO bookings SELECT to_char(i, 'FM000000'), timestamptz '2026-01-01 00:00+00' + i * interval '1 min', i, 'agent'
FROM generate_series(1, 200) i;
INSERT INTO tickets SELECT to_char(i, 'FM0000000000000'), to_char(i, 'FM000000'), 'Passenger ' || i,
       jsonb_build_object('phone', '+1 ' || i) FROM generate_series(1, 200) i;
INSERT INTO ticket_flights SELECT to_char(i, 'FM0000000000000'), i, 100 + i FROM generate_series(1, 200) i;
INSERT INTO boarding_passes SELECT to_char(i, 'FM0000000000000'), i, i, (i % 40 + 1) || 'C'
FROM generate_series(1, 150) i;
INSERT INTO people (name) SELECT 'Person ' || i FROM generate_series(1, 50) i;
INSERT INTO frequent_flyers (name, miles) SELECT 'Flyer ' || i, i * 10 FROM generate_series(1, 50) i;
INSERT INTO crew (name, licence) SELECT 'Crew ' || i, 'L' || i FROM generate_series(1, 50) i;
INSERT INTO captains (name, since) SELECT 'Captain ' || i, DATE '2010-01-01' + i FROM generate_series(1, 20) i;
INSERT INTO search_cache SELECT 'key ' || i, '[]' FROM generate_series(1, 30) i;

CREATE RULE bookings_logged AS ON UPDATE TO bookings WHERE OLD.total_amount <> NEW.total_amount
  DO ALSO INSERT INTO booking_log (book_ref, what) VALUES (NEW.book_ref, 'changed');
CREATE RULE bookings_stay AS ON DELETE TO bookings DO INSTEAD NOTHING;
COMMENT ON RULE bookings_stay ON bookings IS 'the tax office asks for them';
ALTER TABLE bookings DISABLE RULE bookings_stay;
UPDATE bookings SET total_amount = total_amount + 1 WHERE total_amount < 20;

CREATE FUNCTION is_own(p_agent name) RETURNS boolean LANGUAGE sql STABLE AS 'SELECT p_agent = current_user';
ALTER TABLE bookings ENABLE ROW LEVEL SECURITY;
ALTER TABLE bookings FORCE ROW LEVEL SECURITY;
CREATE POLICY own_bookings ON bookings FOR ALL TO flights_agentNN
  USING (is_own(agent)) WITH CHECK (agent = current_user);
CREATE POLICY not_too_dear ON bookings AS RESTRICTIVE FOR INSERT TO PUBLIC WITH CHECK (total_amount < 100000);
COMMENT ON POLICY own_bookings ON bookings IS 'agents see their own';
ALTER TABLE tickets ENABLE ROW LEVEL SECURITY;
CREATE POLICY tickets_of_bookings ON tickets FOR SELECT TO flights_agentNN, flights_passengerNN
  USING (EXISTS (SELECT FROM bookings b WHERE b.book_ref = tickets.book_ref));

CREATE VIEW aircrafts AS SELECT aircraft_code, model ->> lang() AS model, range FROM aircrafts_data;
CREATE VIEW airports AS SELECT airport_code, airport_name ->> lang() AS airport_name, coordinates FROM airports_data;
CREATE VIEW flights_v AS
SELECT f.*, d.airport_name AS departure, a.airport_name AS arrival
FROM flights f
JOIN airports d ON d.airport_code = f.departure_airport
JOIN airports a ON a.airport_code = f.arrival_airport;
CREATE MATERIALIZED VIEW routes AS
SELECT departure_airport, arrival_airport, count(*) AS flights, array_agg(DISTINCT status) AS seen
FROM flights_v
GROUP BY departure_airport, arrival_airport;
CREATE RULE aircrafts_insert AS ON INSERT TO aircrafts
  DO INSTEAD INSERT INTO aircrafts_data VALUES (NEW.aircraft_code, jsonb_build_object(lang(), NEW.model), NEW.range);
COMMENT ON VIEW flights_v IS 'in the reader''s language';
COMMENT ON COLUMN aircrafts_data.model IS 'language to name';

ALTER TABLE flights OWNER TO legacy_appNN;
ALTER TABLE bookings OWNER TO legacy_appNN;
ALTER TABLE booking_log OWNER TO legacy_appNN;
ALTER TABLE people OWNER TO legacy_appNN;
ALTER TABLE crew OWNER TO legacy_appNN;
ALTER TYPE timerange OWNER TO legacy_appNN;
ALTER STATISTICS flights_airports_stat OWNER TO legacy_appNN;
GRANT SELECT, INSERT, UPDATE ON bookings, tickets TO flights_agentNN WITH GRANT OPTION;
GRANT SELECT (flight_id, status) ON flights TO flights_passengerNN;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO flights_analystNN;
GRANT USAGE ON SCHEMA public TO flights_agentNN;
REVOKE USAGE ON TYPE flight_status FROM PUBLIC;
GRANT USAGE ON TYPE flight_status TO flights_agentNN;
CREATE PUBLICATION flights_all FOR ALL TABLES WITH (publish = 'insert');
ANALYZE flights;
