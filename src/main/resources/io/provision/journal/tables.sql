-- The journal: what provision did, what undoes it, when, by whom. Append-only.
-- :schema is the journal's schema, quoted; :mark tells its version, too.
CREATE SCHEMA IF NOT EXISTS :schema;

COMMENT ON SCHEMA :schema IS ':mark';

CREATE TABLE :schema.runs (
  run             text        PRIMARY KEY,
  command         text        NOT NULL,
  started_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  login           text        NOT NULL DEFAULT current_user,
  os_user         text        NOT NULL,
  host            text        NOT NULL,
  version         text        NOT NULL,
  ecosystem       text        NOT NULL,
  manifest_sha256 text        NOT NULL
);

CREATE TABLE :schema.run_outcomes (
  run         text        PRIMARY KEY REFERENCES :schema.runs,
  outcome     text        NOT NULL CHECK (outcome IN ('done', 'failed', 'interrupted', 'abandoned')),
  finished_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE :schema.intents (
  run         text        NOT NULL REFERENCES :schema.runs,
  instance    text        NOT NULL,
  changes     jsonb       NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (run, instance)
);

CREATE TABLE :schema.intent_outcomes (
  run       text        NOT NULL,
  instance  text        NOT NULL,
  outcome   text        NOT NULL CHECK (outcome IN ('done', 'undone', 'recovered')),
  detail    text,
  closed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (run, instance),
  FOREIGN KEY (run, instance) REFERENCES :schema.intents
);

CREATE TABLE :schema.changes (
  id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run      text        NOT NULL REFERENCES :schema.runs,
  instance text        NOT NULL,
  change   text        NOT NULL,
  store    text        NOT NULL,
  kind     text        NOT NULL,
  target   text        NOT NULL,
  reason   text        NOT NULL,
  forward  text        NOT NULL,
  inverse  text        NOT NULL,
  before   jsonb,
  after    jsonb,
  effects  jsonb       NOT NULL,
  done_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX changes_by_target ON :schema.changes (kind, target, id);
CREATE INDEX changes_by_run ON :schema.changes (run, id);

CREATE FUNCTION :schema.refuse_to_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal is append-only';
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON :schema.runs
  FOR EACH STATEMENT EXECUTE FUNCTION :schema.refuse_to_rewrite();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON :schema.run_outcomes
  FOR EACH STATEMENT EXECUTE FUNCTION :schema.refuse_to_rewrite();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON :schema.intents
  FOR EACH STATEMENT EXECUTE FUNCTION :schema.refuse_to_rewrite();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON :schema.intent_outcomes
  FOR EACH STATEMENT EXECUTE FUNCTION :schema.refuse_to_rewrite();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON :schema.changes
  FOR EACH STATEMENT EXECUTE FUNCTION :schema.refuse_to_rewrite();
