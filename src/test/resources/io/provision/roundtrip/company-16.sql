-- What PostgreSQL 16 brought.

GRANT company_clerkNN TO company_auditNN WITH INHERIT FALSE, SET FALSE;
