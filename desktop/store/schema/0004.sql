-- What the Treasury tells besides decisions and balances: papers, refunds, form packs, and kinds of a later version.
CREATE TABLE notices (
    seq INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    package_id TEXT,
    at TEXT NOT NULL,
    applied_at TEXT NOT NULL,
    subject TEXT NOT NULL,
    statement TEXT NOT NULL,
    payload BLOB NOT NULL
);
CREATE INDEX notices_kind ON notices (kind, subject, seq);
CREATE INDEX notices_package ON notices (package_id) WHERE package_id IS NOT NULL;
CREATE TRIGGER notices_no_update BEFORE UPDATE ON notices BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER notices_no_delete BEFORE DELETE ON notices BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;

-- A dossier of which the Treasury wrote or changed cells: from then on its postings and declarations with `accepted` = 1
-- count, read from the dossier as accepted, and those with 0, as submitted, no more.
CREATE TABLE accepted_submissions (
    submission_id INTEGER PRIMARY KEY REFERENCES submissions (submission_id),
    seq INTEGER NOT NULL REFERENCES feed_events (seq)
);
CREATE TRIGGER accepted_submissions_no_update BEFORE UPDATE ON accepted_submissions
BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER accepted_submissions_no_delete BEFORE DELETE ON accepted_submissions
BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
ALTER TABLE postings ADD COLUMN accepted INTEGER NOT NULL DEFAULT 0 CHECK (accepted IN (0, 1));
ALTER TABLE declarations ADD COLUMN accepted INTEGER NOT NULL DEFAULT 0 CHECK (accepted IN (0, 1));
