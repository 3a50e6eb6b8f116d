-- The unit's book in full: what each voucher moves, whom it pays and what it declares, read from the frozen dossier.
-- Postings take the place of claims, which knew no codes below the estimate line; they are read from the dossiers anew.
DROP TABLE claims;

-- VND: a settlement, a return and the wrong side of a re-coding are negative. A settlement is two rows, the advance that
-- ends and the spending that begins. Numbers of contracts and projects are as desktop.dossier.vouchers.same_number.
CREATE TABLE postings (
    submission_id INTEGER NOT NULL REFERENCES submissions (submission_id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('spend', 'advance')),
    cause TEXT NOT NULL CHECK (cause IN ('payment', 'settlement', 'return', 'recoding')),
    budget_year INTEGER NOT NULL,
    account TEXT NOT NULL,
    econ TEXT NOT NULL,
    chapter TEXT NOT NULL,
    sector TEXT NOT NULL,
    source TEXT NOT NULL,
    contract_no TEXT NOT NULL,
    project_code TEXT NOT NULL,
    document_no TEXT NOT NULL,
    date TEXT NOT NULL,
    advance_no TEXT NOT NULL,
    content TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (submission_id, position)
);
CREATE INDEX postings_line ON postings (budget_year, account, source, sector);
CREATE INDEX postings_advance ON postings (account, source) WHERE kind = 'advance';
CREATE INDEX postings_contract ON postings (contract_no) WHERE contract_no != '';
CREATE INDEX postings_project ON postings (project_code) WHERE project_code != '';

-- Who was to be paid by transfer; the keys are as desktop.dossier.payees makes them, so that spaces and case do not count.
CREATE TABLE payments (
    submission_id INTEGER NOT NULL REFERENCES submissions (submission_id),
    position INTEGER NOT NULL,
    account_key TEXT NOT NULL,
    name_key TEXT NOT NULL,
    account_no TEXT NOT NULL,
    name TEXT NOT NULL,
    bank TEXT NOT NULL,
    PRIMARY KEY (submission_id, position)
);
CREATE INDEX payments_account ON payments (account_key, submission_id);
CREATE INDEX payments_name ON payments (name_key, account_key);

-- What a form says once for later: `subject` is a contract, an account or "", `period` a date, a month or a year.
CREATE TABLE declarations (
    submission_id INTEGER NOT NULL REFERENCES submissions (submission_id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('contract', 'provisional', 'closing', 'account_opened', 'account_closed')),
    subject TEXT NOT NULL,
    period TEXT NOT NULL,
    amount INTEGER NOT NULL,
    party TEXT NOT NULL,
    PRIMARY KEY (submission_id, position)
);
CREATE INDEX declarations_subject ON declarations (kind, subject, submission_id);

-- A person looked at a payee that changed and stands for it.
CREATE TABLE payee_acknowledgements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_key TEXT NOT NULL,
    name_key TEXT NOT NULL,
    account_no TEXT NOT NULL,
    name TEXT NOT NULL,
    person_id TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX payee_acknowledgements_account ON payee_acknowledgements (account_key);
CREATE INDEX payee_acknowledgements_name ON payee_acknowledgements (name_key);

CREATE TRIGGER postings_no_update BEFORE UPDATE ON postings BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER postings_no_delete BEFORE DELETE ON postings BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER payments_no_update BEFORE UPDATE ON payments BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER payments_no_delete BEFORE DELETE ON payments BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER declarations_no_update BEFORE UPDATE ON declarations BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER declarations_no_delete BEFORE DELETE ON declarations BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER payee_acknowledgements_no_update BEFORE UPDATE ON payee_acknowledgements
BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER payee_acknowledgements_no_delete BEFORE DELETE ON payee_acknowledgements
BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;

-- Working data.
CREATE TABLE projects (
    project_code TEXT NOT NULL,
    budget_year INTEGER NOT NULL,
    total_investment INTEGER CHECK (total_investment >= 0),
    plan INTEGER CHECK (plan >= 0),
    PRIMARY KEY (project_code, budget_year)
) WITHOUT ROWID;

-- Undo steps of a draft: `body` is the zlib of the dossier's JSON after the step.
CREATE TABLE draft_history (
    local_id TEXT NOT NULL REFERENCES drafts (local_id),
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    at TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (local_id, position)
) WITHOUT ROWID;
CREATE TABLE draft_places (
    local_id TEXT PRIMARY KEY REFERENCES drafts (local_id), position INTEGER NOT NULL
) WITHOUT ROWID;

-- Imported code lists; the list that comes with the program is version 0 and stands nowhere here.
CREATE TABLE catalogue_versions (
    kind TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    label TEXT NOT NULL,
    file_name TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (kind, version)
);
CREATE TABLE catalogue_rows (
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    parent TEXT NOT NULL,
    level TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    PRIMARY KEY (kind, version, position),
    FOREIGN KEY (kind, version) REFERENCES catalogue_versions (kind, version)
) WITHOUT ROWID;
CREATE TABLE catalogue_used (kind TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
