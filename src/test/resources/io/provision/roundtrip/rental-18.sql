-- What PostgreSQL 18 brought.

ALTER TABLE customer
  ADD COLUMN full_name text GENERATED ALWAYS AS (first_name || ' ' || last_name) VIRTUAL,
  ADD CONSTRAINT customer_has_mail CHECK (email IS NOT NULL) NOT ENFORCED;
ALTER TABLE inventory ADD COLUMN shelf text;
ALTER TABLE inventory ADD CONSTRAINT inventory_shelf_known NOT NULL shelf NOT VALID;
