-- What PostgreSQL 15 brought.

CREATE VIEW customer_names WITH (security_invoker) AS SELECT customer_id, first_name FROM customer;
ALTER TABLE category ADD COLUMN code text, ADD CONSTRAINT category_code_key UNIQUE NULLS NOT DISTINCT (code, name);
CREATE PUBLICATION rental_dear_films FOR TABLE film (film_id, title) WHERE (film_id > 100);
COMMENT ON FUNCTION film_count(mpaa_rating) IS 'holds the table by its OID, not by its name';
