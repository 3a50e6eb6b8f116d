-- A dossier handed in on paper because the electronic way was barred (NĐ 347 Điều 3.2): never sent from here as well.
CREATE TABLE paper_filings (
    submission_id INTEGER PRIMARY KEY REFERENCES submissions (submission_id),
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (length(reason) > 0)
);
CREATE TRIGGER paper_filings_no_update BEFORE UPDATE ON paper_filings BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER paper_filings_no_delete BEFORE DELETE ON paper_filings BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
