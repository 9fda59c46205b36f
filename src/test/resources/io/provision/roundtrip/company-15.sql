-- What PostgreSQL 15 brought.

ALTER TABLE invoices ADD COLUMN clerk_id integer, ADD COLUMN note text,
  ADD FOREIGN KEY (clerk_id) REFERENCES employees ON DELETE SET NULL (clerk_id);
CREATE VIEW own_orders WITH (security_invoker, security_barrier) AS SELECT * FROM orders WHERE state = 'new';
