-- project.db, layout 5: thinned copies of long series of runs that are over, so that charts open without reading every
-- point. Derived from metric and nothing but a shortcut: deleted when a run is resumed, made again when read.
CREATE TABLE sketch (
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    key INTEGER NOT NULL,
    last_step INTEGER NOT NULL,
    points BLOB NOT NULL,
    PRIMARY KEY (run, key)
) STRICT;
