-- A shop that rents out films on disc. NN stands for a number of the test's own: roles belong to the whole server.

CREATE ROLE legacy_appNN LOGIN;
CREATE ROLE rental_clerkNN NOLOGIN;
CREATE ROLE rental_readerNN NOLOGIN;
CREATE ROLE rental_juniorNN LOGIN IN ROLE rental_clerkNN;
COMMENT ON ROLE rental_clerkNN IS 'works at the counter';

CREATE TYPE mpaa_rating AS ENUM ('G', 'PG', 'R', 'NC-17');
COMMENT ON TYPE mpaa_rating IS 'who may watch it';
CREATE DOMAIN year AS integer CONSTRAINT year_check CHECK (VALUE BETWEEN 1901 AND 2155);
COMMENT ON DOMAIN year IS 'since there is cinema';
COMMENT ON CONSTRAINT year_check ON DOMAIN year IS 'the first films are older, but nobody asks for them';
CREATE DOMAIN price AS numeric(6, 2) DEFAULT 4.99 NOT NULL CONSTRAINT price_not_negative CHECK (VALUE >= 0);
CREATE TYPE postal AS (street text, house text, code varchar(10));
ALTER TYPE mpaa_rating OWNER TO legacy_appNN;
GRANT USAGE ON TYPE postal TO rental_clerkNN;

CREATE TEXT SEARCH CONFIGURATION films (COPY = pg_catalog.english);
COMMENT ON TEXT SEARCH CONFIGURATION films IS 'English, without stemming of whole names';
ALTER TEXT SEARCH CONFIGURATION films ALTER MAPPING FOR asciiword WITH simple, english_stem;

CREATE FUNCTION stamp_last_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.last_update := timestamp '2026-01-01';
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION stamp_last_update() IS 'keeps last_update';

CREATE TABLE language (
  language_id serial PRIMARY KEY,
  name character(20) NOT NULL,
  last_update timestamp NOT NULL DEFAULT now()
);
CREATE TABLE category (
  category_id serial PRIMARY KEY,
  name text NOT NULL UNIQUE,
  last_update timestamp NOT NULL DEFAULT now()
);
CREATE TABLE actor (
  actor_id serial PRIMARY KEY,
  first_name text NOT NULL,
  last_name text COLLATE "C" NOT NULL,
  last_update timestamp NOT NULL DEFAULT now()
);
CREATE INDEX idx_actor_last_name ON actor (last_name text_pattern_ops DESC, lower(first_name));
CREATE TABLE film (
  film_id serial PRIMARY KEY,
  title text NOT NULL,
  description text,
  release_year year,
  language_id integer NOT NULL REFERENCES language ON UPDATE CASCADE ON DELETE RESTRICT,
  original_language_id integer REFERENCES language,
  rental_rate price,
  length smallint CHECK (length > 0),
  rating mpaa_rating DEFAULT 'G',
  also_rated mpaa_rating[] DEFAULT ARRAY['G'::mpaa_rating],
  special_features text[],
  last_update timestamp NOT NULL DEFAULT now(),
  fulltext tsvector NOT NULL,
  CONSTRAINT film_features CHECK (special_features <@ ARRAY['Trailers', 'Commentaries', 'Deleted Scenes'])
);
CREATE INDEX film_fulltext_idx ON film USING gist (fulltext);
CREATE INDEX film_description_idx ON film USING gin (to_tsvector('public.films', coalesce(description, '')));
CREATE INDEX idx_title ON film (title) WHERE rating <> 'NC-17';
COMMENT ON INDEX idx_title IS 'what the shop window asks for';
COMMENT ON TABLE film IS 'a film, on however many discs';
COMMENT ON COLUMN film.rating IS 'see mpaa_rating';
CREATE TRIGGER film_fulltext_trigger BEFORE INSERT OR UPDATE ON film
  FOR EACH ROW EXECUTE FUNCTION tsvector_update_trigger('fulltext', 'pg_catalog.english', 'title', 'description');
CREATE TRIGGER last_updated BEFORE UPDATE ON film
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION stamp_last_update();
COMMENT ON TRIGGER last_updated ON film IS 'only when something changed';
CREATE TABLE film_actor (
  actor_id integer NOT NULL REFERENCES actor ON UPDATE CASCADE,
  film_id integer NOT NULL REFERENCES film ON UPDATE CASCADE ON DELETE CASCADE,
  PRIMARY KEY (actor_id, film_id)
);
CREATE TABLE film_category (
  film_id integer NOT NULL REFERENCES film,
  category_id integer NOT NULL REFERENCES category,
  PRIMARY KEY (film_id, category_id)
);

CREATE TABLE address (
  address_id serial PRIMARY KEY,
  place postal NOT NULL,
  phone text,
  moved_in tsrange DEFAULT tsrange('2020-01-01', NULL)
);
-- Two tables that need each other.
CREATE TABLE store (
  store_id serial PRIMARY KEY,
  manager_staff_id integer NOT NULL,
  address_id integer NOT NULL REFERENCES address
);
CREATE TABLE staff (
  staff_id serial PRIMARY KEY,
  first_name text NOT NULL,
  store_id integer NOT NULL REFERENCES store,
  password_hash text,
  picture bytea
);
ALTER TABLE store ADD CONSTRAINT store_manager FOREIGN KEY (manager_staff_id) REFERENCES staff
  DEFERRABLE INITIALLY DEFERRED;
COMMENT ON CONSTRAINT store_manager ON store IS 'checked at COMMIT: the first store comes before the first manager';
ALTER TABLE staff ALTER picture SET STORAGE EXTERNAL;
CREATE TABLE customer (
  customer_id serial PRIMARY KEY,
  store_id integer NOT NULL REFERENCES store,
  first_name text NOT NULL,
  last_name text NOT NULL,
  email text,
  address_id integer REFERENCES address,
  active boolean NOT NULL DEFAULT true
);
CREATE UNIQUE INDEX customer_email_key ON customer (lower(email));
CREATE TABLE inventory (
  inventory_id serial PRIMARY KEY,
  film_id integer NOT NULL REFERENCES film,
  store_id integer NOT NULL REFERENCES store
);
CREATE TABLE rental (
  rental_id serial PRIMARY KEY,
  period tstzrange NOT NULL,
  inventory_id integer NOT NULL REFERENCES inventory,
  customer_id integer NOT NULL REFERENCES customer,
  staff_id integer REFERENCES staff
) WITH (fillfactor = 80, autovacuum_enabled = false);
CREATE INDEX rental_period_idx ON rental USING gist (period) INCLUDE (inventory_id);
CREATE TABLE payment (
  payment_id integer NOT NULL GENERATED BY DEFAULT AS IDENTITY,
  customer_id integer NOT NULL REFERENCES customer,
  rental_id integer REFERENCES rental ON DELETE SET NULL,
  amount price,
  payment_date timestamptz NOT NULL,
  PRIMARY KEY (payment_date, payment_id)
) PARTITION BY RANGE (payment_date);
CREATE TABLE payment_p2026_01 PARTITION OF payment FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2026-02-01 00:00+00');
CREATE TABLE payment_p2026_02 PARTITION OF payment FOR VALUES FROM ('2026-02-01 00:00+00') TO ('2026-03-01 00:00+00')
  WITH (fillfactor = 70);
CREATE TABLE payment_rest PARTITION OF payment DEFAULT;
CREATE INDEX payment_customer_idx ON payment (customer_id);
CREATE INDEX payment_rest_only_idx ON payment_rest (amount) WHERE amount > 5;
COMMENT ON TABLE payment_p2026_01 IS 'January';
CREATE STATISTICS payment_rental_stat (ndistinct, dependencies) ON customer_id, rental_id FROM payment_p2026_01;

INSERT INTO language (name) SELECT 'language ' || i FROM generate_series(1, 6) i;
INSERT INTO category (name) SELECT 'category ' || i FROM generate_series(1, 16) i;
INSERT INTO actor (first_name, last_name) SELECT 'First' || i, 'Last' || i % 40 FROM generate_series(1, 120) i;
INSERT INTO film (title, description, release_year, language_id, rental_rate, length, rating, special_features)
SELECT 'The ' || i || ' stories', repeat('a boat, a shark and ' || i || ' dentists ', 5), 1950 + i % 70, 1 + i % 6,
       i % 5 + 0.99, 60 + i % 90, (enum_range(NULL::mpaa_rating))[1 + i % 4], ARRAY['Trailers']
FROM generate_series(1, 200) i;
INSERT INTO film_actor SELECT 1 + i % 120, 1 + i % 200 FROM generate_series(1, 400) i ON CONFLICT DO NOTHING;
INSERT INTO film_category SELECT i, 1 + i % 16 FROM generate_series(1, 200) i;
INSERT INTO address (place) SELECT ROW('Street ' || i, i, 'C' || i)::postal FROM generate_series(1, 60) i;
INSERT INTO store (manager_staff_id, address_id) SELECT i, i FROM generate_series(1, 3) i;
-- Values beyond a page, kept out of line.
INSERT INTO staff (first_name, store_id, picture)
SELECT 'Staff ' || i, i, decode(repeat(md5(i::text), 400), 'hex') FROM generate_series(1, 3) i;
SET CONSTRAINTS ALL IMMEDIATE;
INSERT INTO customer (store_id, first_name, last_name, email, address_id)
SELECT 1 + i % 3, 'C' || i, 'Of the ' || i, 'c' || i || '@example.org', 1 + i % 60 FROM generate_series(1, 150) i;
INSERT INTO inventory (film_id, store_id) SELECT 1 + i % 200, 1 + i % 3 FROM generate_series(1, 300) i;
INSERT INTO rental (period, inventory_id, customer_id, staff_id)
SELECT tstzrange(timestamptz '2026-01-01 00:00+00' + i * interval '5 hours', NULL), 1 + i % 300, 1 + i % 150, 1 + i % 3
FROM generate_series(1, 300) i;
INSERT INTO payment (customer_id, rental_id, amount, payment_date)
SELECT 1 + i % 150, i, i % 9 + 0.99, timestamptz '2026-01-01 00:00+00' + i * interval '9 hours'
FROM generate_series(1, 300) i;

CREATE FUNCTION comma_list(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS
  $$ SELECT CASE WHEN $1 = '' THEN $2 ELSE $1 || ', ' || $2 END $$;
CREATE AGGREGATE group_concat(text) (SFUNC = comma_list, STYPE = text, INITCOND = '');
COMMENT ON AGGREGATE group_concat(text) IS 'as MySQL has it';
CREATE FUNCTION inventory_in_stock(p_inventory_id integer) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN NOT EXISTS (SELECT FROM rental WHERE inventory_id = p_inventory_id AND upper_inf(period));
END
$$;
CREATE FUNCTION customer_balance(p_customer_id integer) RETURNS numeric LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public, pg_temp SET work_mem = '8MB'
  AS $$ SELECT coalesce(sum(amount), 0) FROM public.payment WHERE customer_id = p_customer_id $$;
ALTER FUNCTION customer_balance(integer) OWNER TO legacy_appNN;
REVOKE EXECUTE ON FUNCTION customer_balance(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION customer_balance(integer) TO rental_clerkNN;
CREATE PROCEDURE retire(p_film_id integer) LANGUAGE sql
  AS $$ UPDATE film SET rental_rate = 0 WHERE film_id = p_film_id $$;

CREATE VIEW actor_info AS
SELECT a.actor_id, a.first_name, a.last_name, group_concat(f.title) AS films
FROM actor a
JOIN film_actor USING (actor_id)
JOIN film f USING (film_id)
GROUP BY a.actor_id;
CREATE VIEW customer_list AS
SELECT c.customer_id, c.first_name || ' ' || c.last_name AS name, (a.place).street, c.store_id AS sid
FROM customer c
JOIN address a USING (address_id);
CREATE VIEW sales AS
SELECT p.amount, p.payment_date, i.store_id, f.film_id, f.title, f.rating
FROM payment p
JOIN rental r USING (rental_id)
JOIN inventory i USING (inventory_id)
JOIN film f USING (film_id);
CREATE VIEW sales_by_store AS SELECT store_id, sum(amount) AS total FROM sales GROUP BY store_id;
CREATE VIEW best_stores WITH (security_barrier) AS SELECT * FROM sales_by_store WHERE total > 100;
CREATE MATERIALIZED VIEW sales_by_rating AS SELECT rating, sum(amount) AS total FROM sales GROUP BY rating;
CREATE UNIQUE INDEX sales_by_rating_key ON sales_by_rating (rating);
CREATE MATERIALIZED VIEW never_filled AS SELECT * FROM sales WITH NO DATA;
COMMENT ON VIEW sales IS 'what the others are made from';
COMMENT ON MATERIALIZED VIEW sales_by_rating IS 'refreshed at night';

-- Comes between two others.
ALTER TYPE mpaa_rating ADD VALUE 'PG-13' BEFORE 'R';
ALTER TABLE film OWNER TO legacy_appNN;
ALTER TABLE payment OWNER TO legacy_appNN;
ALTER TABLE payment_p2026_01 OWNER TO legacy_appNN;
ALTER TABLE rental OWNER TO legacy_appNN;
ALTER VIEW sales OWNER TO legacy_appNN;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO rental_readerNN;
GRANT SELECT, INSERT, UPDATE ON rental, payment, customer TO rental_clerkNN WITH GRANT OPTION;
GRANT SELECT (staff_id, first_name, store_id), UPDATE (first_name) ON staff TO rental_clerkNN;
REVOKE SELECT ON staff FROM rental_readerNN;
GRANT USAGE ON SEQUENCE rental_rental_id_seq TO rental_clerkNN;
SET ROLE rental_clerkNN;
GRANT SELECT ON customer TO rental_juniorNN;
RESET ROLE;
ALTER DEFAULT PRIVILEGES FOR ROLE legacy_appNN IN SCHEMA public GRANT SELECT ON TABLES TO rental_readerNN;
CREATE PUBLICATION rental_films FOR TABLE film, film_actor WITH (publish = 'insert, update');
COMMENT ON PUBLICATION rental_films IS 'for the shop window';
ANALYZE film;
