-- project.db, layout 4: which checkpoints were written out for other programs, and where to.
CREATE TABLE export (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    what TEXT NOT NULL,
    folder TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX export_by_run ON export (run);
CREATE VIEW view_exports AS
SELECT run, step, what, folder, datetime(at / 1000, 'unixepoch') AS at_utc FROM export;
