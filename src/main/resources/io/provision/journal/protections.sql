-- Which instances were protected from rollback, as the manifest said when a run recorded it. In a file of its own:
-- older journals have no such table, and get it with the first run that has something to record.
CREATE TABLE :schema.protections (
  run       text    NOT NULL REFERENCES :schema.runs,
  instance  text    NOT NULL,
  protected boolean NOT NULL,
  PRIMARY KEY (run, instance)
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON :schema.protections
  FOR EACH STATEMENT EXECUTE FUNCTION :schema.refuse_to_rewrite();
