-- project.db, layout 2: what people say of a run, never part of what it did; and views for other programs.
CREATE TABLE mark (
    run INTEGER PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE,
    note TEXT NOT NULL DEFAULT '',
    archived INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE tag (
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (run, name)
) WITHOUT ROWID, STRICT;
-- The views are a contract (docs/sql-views.md): columns are added, never renamed or dropped.
CREATE VIEW view_runs AS
SELECT run.id AS run, run.name, run.objective, run.dataset, run.dataset_version, run.dataset_sha256, run.model,
    run.seed, run.total_steps, run.last_step, segment.outcome, segment.message,
    datetime(run.created / 1000, 'unixepoch') AS created_utc,
    datetime(segment.started / 1000, 'unixepoch') AS started_utc,
    datetime(segment.ended / 1000, 'unixepoch') AS ended_utc,
    coalesce(mark.archived, 0) AS archived, coalesce(mark.note, '') AS note,
    (SELECT group_concat(name, ',') FROM (SELECT name FROM tag WHERE tag.run = run.id ORDER BY name)) AS tags
FROM run
LEFT JOIN segment ON segment.run = run.id
    AND segment.segment = (SELECT max(segment) FROM segment AS s WHERE s.run = run.id)
LEFT JOIN mark ON mark.run = run.id;
CREATE VIEW view_settings AS
SELECT run.id AS run, 'objective.' || hyper.key AS name, hyper.value AS value
FROM run, json_each(run.spec, '$.hyper') AS hyper
UNION ALL
SELECT run.id, setting.key, setting.value FROM run, json_each(run.spec, '$.settings') AS setting;
-- One row per logged value; what a resumed run logged again replaces what it had logged before. NULL means NaN.
CREATE VIEW view_metrics AS
SELECT metric.run, metric_key.name AS metric, metric.step, metric.value, metric.segment
FROM metric JOIN metric_key ON metric_key.id = metric.key
WHERE NOT EXISTS (SELECT 1 FROM segment AS later WHERE later.run = metric.run
    AND later.segment > metric.segment AND later.from_step < metric.step);
CREATE VIEW view_last_metrics AS
SELECT last_metric.run, metric_key.name AS metric, last_metric.step, last_metric.value
FROM last_metric JOIN metric_key ON metric_key.id = last_metric.key;
CREATE VIEW view_samples AS
SELECT sample.run, sample.purpose, sample.step, sample.row, sample.prompt, sample.completion, sample.expected,
    sample.correct
FROM sample
WHERE NOT EXISTS (SELECT 1 FROM segment AS later WHERE later.run = sample.run
    AND later.segment > sample.segment AND later.from_step < sample.step);
CREATE VIEW view_warnings AS SELECT run, step, code, message FROM warning;
CREATE VIEW view_checkpoints AS SELECT run, step, folder FROM checkpoint;
