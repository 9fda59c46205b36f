-- What PostgreSQL 17 brought.

GRANT MAINTAIN ON film TO rental_clerkNN;
