-- What PostgreSQL 14 brought.

ALTER TABLE airports_data ADD COLUMN closed timemultirange DEFAULT '{}';
ALTER TABLE tickets ALTER passenger_name SET COMPRESSION pglz;
CREATE FUNCTION flights_from(p_airport character) RETURNS SETOF flights LANGUAGE sql STABLE
  RETURN (SELECT f FROM flights f WHERE f.departure_airport = p_airport LIMIT 1);
CREATE STATISTICS flights_hour_stat ON (upper(scheduled) - lower(scheduled)) FROM flights;
