-- What PostgreSQL 14 brought.

CREATE PROCEDURE close_order(p_order_id bigint) LANGUAGE sql
BEGIN ATOMIC
  UPDATE orders SET state = 'closed' WHERE order_id = p_order_id;
  DELETE FROM invoices WHERE order_id = p_order_id AND amount IS NULL;
END;
