-- project.db, layout 1. NULL as a metric's value means NaN; infinities are stored as such.
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    objective TEXT NOT NULL,
    dataset TEXT NOT NULL,
    dataset_version INTEGER NOT NULL,
    dataset_sha256 TEXT NOT NULL,
    model TEXT NOT NULL,
    seed INTEGER NOT NULL,
    total_steps INTEGER NOT NULL,
    last_step INTEGER NOT NULL DEFAULT 0,
    spec TEXT NOT NULL,
    created INTEGER NOT NULL,
    launched INTEGER
) STRICT;
-- One row per start of a run: a resumed run hides what earlier segments logged after from_step.
CREATE TABLE segment (
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    segment INTEGER NOT NULL,
    from_step INTEGER NOT NULL,
    started INTEGER NOT NULL,
    environment TEXT NOT NULL DEFAULT '{}',
    outcome TEXT,
    end_step INTEGER,
    message TEXT,
    ended INTEGER,
    PRIMARY KEY (run, segment)
) WITHOUT ROWID, STRICT;
CREATE TABLE metric_key (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE metric (
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    key INTEGER NOT NULL,
    segment INTEGER NOT NULL,
    step INTEGER NOT NULL,
    value REAL,
    PRIMARY KEY (run, key, segment, step)
) WITHOUT ROWID, STRICT;
-- What the list of runs shows, kept by the writer so that the list never scans the points.
CREATE TABLE last_metric (
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    key INTEGER NOT NULL,
    step INTEGER NOT NULL,
    value REAL,
    PRIMARY KEY (run, key)
) WITHOUT ROWID, STRICT;
CREATE TABLE sample (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    segment INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    step INTEGER NOT NULL,
    row INTEGER NOT NULL,
    prompt TEXT NOT NULL,
    completion TEXT NOT NULL,
    expected TEXT,
    correct INTEGER
) STRICT;
CREATE INDEX sample_by_run ON sample (run, purpose, step);
CREATE TABLE warning (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    segment INTEGER NOT NULL,
    step INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX warning_by_run ON warning (run);
-- Folders are relative to the project's, with slashes, so that a project can be moved.
CREATE TABLE checkpoint (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    segment INTEGER NOT NULL,
    step INTEGER NOT NULL,
    folder TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX checkpoint_by_run ON checkpoint (run);
CREATE TABLE request (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    done INTEGER
) STRICT;
CREATE INDEX request_by_run ON request (run, done);
