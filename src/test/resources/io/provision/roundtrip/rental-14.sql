-- What PostgreSQL 14 brought.

CREATE STATISTICS film_title_stat ON lower(title), (length / 10) FROM film;
ALTER STATISTICS film_title_stat SET STATISTICS 200;
ALTER STATISTICS film_title_stat OWNER TO legacy_appNN;
ALTER TABLE film ALTER description SET COMPRESSION pglz;
CREATE TABLE opening_hours (
  store_id integer PRIMARY KEY REFERENCES store,
  open tstzmultirange NOT NULL DEFAULT '{}'
);
INSERT INTO opening_hours SELECT store_id, '{[2026-01-01 08:00+00, 2026-01-01 20:00+00)}' FROM store;
CREATE FUNCTION film_count(p_rating mpaa_rating) RETURNS bigint LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT count(*) FROM film WHERE rating = p_rating;
END;
