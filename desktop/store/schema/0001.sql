-- Working data: may change, holds nothing anyone signed or received.
CREATE TABLE unit (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL);
CREATE TABLE people (person_id TEXT PRIMARY KEY, position INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE device (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL);
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE drafts (
    id INTEGER PRIMARY KEY,
    local_id TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    payee TEXT NOT NULL,
    amount INTEGER NOT NULL,
    budget_year INTEGER,
    sources TEXT NOT NULL,
    urgent INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT
);
CREATE INDEX drafts_updated ON drafts (updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX drafts_live ON drafts (local_id, errors) WHERE deleted_at IS NULL;
CREATE INDEX drafts_number ON drafts (number, id) WHERE deleted_at IS NULL;

CREATE VIRTUAL TABLE search USING fts5 (
    text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='2 3'
);

CREATE TABLE estimates (
    budget_year INTEGER NOT NULL,
    account TEXT NOT NULL,
    source TEXT NOT NULL,
    sector TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    loaded_at TEXT NOT NULL,
    PRIMARY KEY (budget_year, account, source, sector)
) WITHOUT ROWID;

CREATE TABLE part_progress (
    sha256 TEXT NOT NULL,
    package_id TEXT NOT NULL REFERENCES packages (package_id),
    offset INTEGER NOT NULL CHECK (offset >= 0),
    after_event INTEGER NOT NULL,
    PRIMARY KEY (package_id, sha256)
) WITHOUT ROWID;

CREATE TABLE feed_cursor (id INTEGER PRIMARY KEY CHECK (id = 1), cursor INTEGER NOT NULL, at TEXT NOT NULL);
CREATE TABLE journal_head (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL);

CREATE TABLE sync_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, kind TEXT NOT NULL, package_id TEXT, text TEXT NOT NULL
);

-- Facts: written once. The triggers below refuse every change.
CREATE TABLE attachments (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    file TEXT NOT NULL UNIQUE,
    wrapped_key BLOB NOT NULL,
    nonce_prefix BLOB NOT NULL,
    added_at TEXT NOT NULL
);

CREATE TABLE submissions (
    submission_id INTEGER PRIMARY KEY AUTOINCREMENT,
    local_id TEXT NOT NULL REFERENCES drafts (local_id),
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    urgent INTEGER NOT NULL,
    steps INTEGER NOT NULL CHECK (steps > 0),
    replaces TEXT
);
CREATE INDEX submissions_local ON submissions (local_id);
CREATE INDEX submissions_replaces ON submissions (replaces) WHERE replaces IS NOT NULL;

CREATE TABLE vouchers (
    submission_id INTEGER NOT NULL REFERENCES submissions (submission_id),
    position INTEGER NOT NULL,
    form TEXT NOT NULL,
    document_no TEXT NOT NULL,
    budget_year INTEGER NOT NULL,
    PRIMARY KEY (submission_id, position)
);
CREATE INDEX vouchers_number ON vouchers (document_no, form, budget_year);

CREATE TABLE submission_objects (
    submission_id INTEGER NOT NULL REFERENCES submissions (submission_id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    content BLOB,
    PRIMARY KEY (submission_id, position)
);
CREATE INDEX submission_objects_sha ON submission_objects (sha256);

CREATE TABLE submission_steps (
    submission_id INTEGER NOT NULL REFERENCES submissions (submission_id),
    step INTEGER NOT NULL,
    roles TEXT NOT NULL,
    title TEXT NOT NULL,
    name TEXT NOT NULL,
    person_id TEXT NOT NULL,
    certificate_sha256 TEXT NOT NULL,
    PRIMARY KEY (submission_id, step)
);

CREATE TABLE claims (
    submission_id INTEGER NOT NULL REFERENCES submissions (submission_id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('spend', 'advance', 'settle')),
    budget_year INTEGER NOT NULL,
    account TEXT NOT NULL,
    source TEXT NOT NULL,
    sector TEXT NOT NULL,
    contract_no TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (submission_id, position)
);
CREATE INDEX claims_key ON claims (budget_year, account, source, sector);

CREATE TABLE signatures (
    submission_id INTEGER NOT NULL REFERENCES submissions (submission_id),
    step INTEGER NOT NULL,
    person_id TEXT NOT NULL,
    at TEXT NOT NULL,
    manifest BLOB NOT NULL,
    cms BLOB NOT NULL,
    PRIMARY KEY (submission_id, step),
    FOREIGN KEY (submission_id, step) REFERENCES submission_steps (submission_id, step)
);

CREATE TABLE withdrawals (
    submission_id INTEGER PRIMARY KEY REFERENCES submissions (submission_id), at TEXT NOT NULL, actor TEXT NOT NULL
);

CREATE TABLE packages (
    package_id TEXT PRIMARY KEY CHECK (length(package_id) = 64),
    submission_id INTEGER NOT NULL UNIQUE REFERENCES submissions (submission_id),
    local_id TEXT NOT NULL UNIQUE REFERENCES drafts (local_id),
    core BLOB NOT NULL,
    sealed_at TEXT NOT NULL
);

CREATE TABLE package_parts (
    package_id TEXT NOT NULL REFERENCES packages (package_id),
    position INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (package_id, position)
);
CREATE INDEX package_parts_sha ON package_parts (sha256);

CREATE TABLE outbox (
    package_id TEXT PRIMARY KEY REFERENCES packages (package_id),
    priority INTEGER NOT NULL CHECK (priority IN (0, 1)),
    core_size INTEGER NOT NULL,
    size INTEGER NOT NULL,
    queued_at TEXT NOT NULL
);

CREATE TABLE cancellations (
    package_id TEXT PRIMARY KEY REFERENCES packages (package_id),
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL
);

CREATE TABLE wishes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('pause', 'resume', 'send_now')),
    package_id TEXT REFERENCES packages (package_id),
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    after_event INTEGER NOT NULL
);
CREATE INDEX wishes_package ON wishes (package_id, kind, id);

CREATE TABLE attempts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    package_id TEXT NOT NULL REFERENCES outbox (package_id),
    kind TEXT NOT NULL CHECK (kind IN ('sending', 'doubtful', 'working', 'later', 'refused', 'delivered')),
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'doubtful', 'parts', 'refused', 'delivered')),
    at TEXT NOT NULL,
    next_at TEXT,
    missing TEXT NOT NULL DEFAULT '[]',
    code TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT ''
);
CREATE INDEX attempts_package ON attempts (package_id, id);

CREATE TABLE receipts (
    package_id TEXT PRIMARY KEY REFERENCES outbox (package_id),
    receipt_no TEXT NOT NULL,
    received_at TEXT NOT NULL,
    statement TEXT NOT NULL,
    payload BLOB NOT NULL,
    at TEXT NOT NULL
);

CREATE TABLE feed_events (
    seq INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('decision', 'balance')),
    package_id TEXT,
    at TEXT NOT NULL,
    applied_at TEXT NOT NULL,
    decision TEXT,
    official_code TEXT,
    reason TEXT,
    amount INTEGER,
    budget_year INTEGER,
    account TEXT,
    source TEXT,
    sector TEXT,
    delta INTEGER,
    remaining INTEGER,
    statement TEXT NOT NULL,
    payload BLOB NOT NULL
);
CREATE INDEX feed_events_package ON feed_events (package_id, kind, seq);
CREATE INDEX feed_events_key ON feed_events (budget_year, account, source, sector, seq) WHERE kind = 'balance';

CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    package_id TEXT,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX journal_one_sitting ON journal (detail) WHERE action = 'two_signers_one_machine';

-- A package that has its receipt gets no further word from the sending side; a refused one only a receipt.
CREATE TRIGGER attempts_after_end BEFORE INSERT ON attempts
WHEN EXISTS (SELECT 1 FROM attempts a WHERE a.package_id = NEW.package_id
             AND (a.state = 'delivered' OR a.state = 'refused' AND NEW.state != 'delivered'))
BEGIN SELECT RAISE(IGNORE); END;

-- The list shows what changed last first.
CREATE TRIGGER submissions_touch AFTER INSERT ON submissions
BEGIN UPDATE drafts SET updated_at = NEW.at WHERE local_id = NEW.local_id; END;
CREATE TRIGGER signatures_touch AFTER INSERT ON signatures
BEGIN UPDATE drafts SET updated_at = NEW.at
      WHERE local_id = (SELECT s.local_id FROM submissions s WHERE s.submission_id = NEW.submission_id); END;
CREATE TRIGGER receipts_touch AFTER INSERT ON receipts
BEGIN UPDATE drafts SET updated_at = NEW.at
      WHERE local_id = (SELECT p.local_id FROM packages p WHERE p.package_id = NEW.package_id); END;
CREATE TRIGGER feed_events_touch AFTER INSERT ON feed_events WHEN NEW.kind = 'decision'
BEGIN UPDATE drafts SET updated_at = NEW.applied_at
      WHERE local_id = (SELECT p.local_id FROM packages p WHERE p.package_id = NEW.package_id); END;

CREATE TRIGGER draft_frozen BEFORE UPDATE OF body ON drafts
WHEN EXISTS (SELECT 1 FROM submissions s WHERE s.local_id = OLD.local_id
             AND NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.submission_id = s.submission_id))
BEGIN SELECT RAISE(ABORT, 'draft_frozen'); END;

CREATE TRIGGER attachments_no_update BEFORE UPDATE ON attachments BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER attachments_no_delete BEFORE DELETE ON attachments BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER submissions_no_update BEFORE UPDATE ON submissions BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER submissions_no_delete BEFORE DELETE ON submissions BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER vouchers_no_update BEFORE UPDATE ON vouchers BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER vouchers_no_delete BEFORE DELETE ON vouchers BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER submission_objects_no_update BEFORE UPDATE ON submission_objects BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER submission_objects_no_delete BEFORE DELETE ON submission_objects BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER submission_steps_no_update BEFORE UPDATE ON submission_steps BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER submission_steps_no_delete BEFORE DELETE ON submission_steps BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER claims_no_update BEFORE UPDATE ON claims BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER claims_no_delete BEFORE DELETE ON claims BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER signatures_no_update BEFORE UPDATE ON signatures BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER signatures_no_delete BEFORE DELETE ON signatures BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER withdrawals_no_update BEFORE UPDATE ON withdrawals BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER withdrawals_no_delete BEFORE DELETE ON withdrawals BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER packages_no_update BEFORE UPDATE ON packages BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER packages_no_delete BEFORE DELETE ON packages BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER package_parts_no_update BEFORE UPDATE ON package_parts BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER package_parts_no_delete BEFORE DELETE ON package_parts BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER outbox_no_update BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER outbox_no_delete BEFORE DELETE ON outbox BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER cancellations_no_update BEFORE UPDATE ON cancellations BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER cancellations_no_delete BEFORE DELETE ON cancellations BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER wishes_no_update BEFORE UPDATE ON wishes BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER wishes_no_delete BEFORE DELETE ON wishes BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER attempts_no_update BEFORE UPDATE ON attempts BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER attempts_no_delete BEFORE DELETE ON attempts BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER receipts_no_update BEFORE UPDATE ON receipts BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER receipts_no_delete BEFORE DELETE ON receipts BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER feed_events_no_update BEFORE UPDATE ON feed_events BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER feed_events_no_delete BEFORE DELETE ON feed_events BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
