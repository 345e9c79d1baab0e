-- project.db, layout 3: runs of other programs and projects; answers asked for after training.
ALTER TABLE run ADD COLUMN origin TEXT;
ALTER TABLE run ADD COLUMN origin_sha256 TEXT;
-- One row per run, step and set of problems; asking again in the same way replaces it.
CREATE TABLE evaluation (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    dataset TEXT NOT NULL,
    dataset_version INTEGER NOT NULL,
    dataset_sha256 TEXT NOT NULL,
    decoding TEXT NOT NULL,
    at INTEGER NOT NULL,
    metrics TEXT NOT NULL,
    UNIQUE (run, step, dataset_sha256, decoding)
) STRICT;
CREATE TABLE answer (
    evaluation INTEGER NOT NULL REFERENCES evaluation (id) ON DELETE CASCADE,
    row INTEGER NOT NULL,
    prompt TEXT NOT NULL,
    completion TEXT NOT NULL,
    expected TEXT,
    correct INTEGER,
    PRIMARY KEY (evaluation, row)
) WITHOUT ROWID, STRICT;
DROP VIEW view_runs;
CREATE VIEW view_runs AS
SELECT run.id AS run, run.name, run.objective, run.dataset, run.dataset_version, run.dataset_sha256, run.model,
    run.seed, run.total_steps, run.last_step, segment.outcome, segment.message,
    datetime(run.created / 1000, 'unixepoch') AS created_utc,
    datetime(segment.started / 1000, 'unixepoch') AS started_utc,
    datetime(segment.ended / 1000, 'unixepoch') AS ended_utc,
    coalesce(mark.archived, 0) AS archived, coalesce(mark.note, '') AS note,
    (SELECT group_concat(name, ',') FROM (SELECT name FROM tag WHERE tag.run = run.id ORDER BY name)) AS tags,
    run.origin
FROM run
LEFT JOIN segment ON segment.run = run.id
    AND segment.segment = (SELECT max(segment) FROM segment AS s WHERE s.run = run.id)
LEFT JOIN mark ON mark.run = run.id;
CREATE VIEW view_evaluations AS
SELECT id AS evaluation, run, step, dataset, dataset_version, dataset_sha256, decoding,
    datetime(at / 1000, 'unixepoch') AS at_utc, metrics
FROM evaluation;
CREATE VIEW view_answers AS SELECT evaluation, row, prompt, completion, expected, correct FROM answer;
