-- A store that survives: who may open it, its book of estimates, seals of its journal, checks, backups, archives.

-- ---- Users: who may open this store, and what they may do here; how they open it stands in keys.json.
-- `duties` is JSON; `person_id` "" for one who signs nothing; `disabled_at` "" while they may open it, `removed_at` ""
-- while they are a user at all: the row stays, for the journal names them.
CREATE TABLE users (
    user_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    duties TEXT NOT NULL,
    person_id TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    disabled_at TEXT NOT NULL DEFAULT '',
    removed_at TEXT NOT NULL DEFAULT '',
    last_unlock TEXT NOT NULL DEFAULT ''
);

-- ---- Journal: seals of its head by this device, and the Treasury's signature under them.
CREATE TABLE journal_seals (
    seal_id INTEGER PRIMARY KEY AUTOINCREMENT,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    at TEXT NOT NULL,
    cause TEXT NOT NULL CHECK (cause IN ('sync', 'backup', 'restore', 'asked')),
    unit_code TEXT NOT NULL,
    device_id TEXT NOT NULL,
    public_key TEXT NOT NULL,
    signature TEXT NOT NULL
);
CREATE INDEX journal_seals_seq ON journal_seals (seq);
CREATE TABLE journal_countersigns (
    seal_id INTEGER PRIMARY KEY REFERENCES journal_seals (seal_id),
    statement TEXT NOT NULL,
    payload BLOB NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX journal_actor ON journal (actor, seq, action);
CREATE INDEX journal_action ON journal (action, seq);
CREATE TRIGGER journal_seals_no_update BEFORE UPDATE ON journal_seals BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER journal_seals_no_delete BEFORE DELETE ON journal_seals BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER journal_countersigns_no_update BEFORE UPDATE ON journal_countersigns
BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER journal_countersigns_no_delete BEFORE DELETE ON journal_countersigns
BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;

-- ---- Ledger: what was given, entry by entry; the table `estimates` holds the sums by line.
CREATE TABLE estimate_entries (
    entry_id INTEGER PRIMARY KEY AUTOINCREMENT,
    budget_year INTEGER NOT NULL,
    account TEXT NOT NULL,
    source TEXT NOT NULL,
    sector TEXT NOT NULL,
    econ TEXT NOT NULL DEFAULT '',
    program TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL CHECK (kind IN ('initial', 'carried', 'added', 'adjusted', 'provisional', 'treasury')),
    amount INTEGER NOT NULL,
    document_no TEXT NOT NULL DEFAULT '',
    document_date TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    undoes INTEGER REFERENCES estimate_entries (entry_id),
    at TEXT NOT NULL,
    actor TEXT NOT NULL
);
CREATE INDEX estimate_entries_line ON estimate_entries (budget_year, account, source, sector);
CREATE UNIQUE INDEX estimate_entries_undone ON estimate_entries (undoes) WHERE undoes IS NOT NULL;
CREATE TRIGGER estimate_entries_no_update BEFORE UPDATE ON estimate_entries
BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER estimate_entries_no_delete BEFORE DELETE ON estimate_entries
BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
-- The programme (mã CTMT, dự án) of a posting; "" for none.
ALTER TABLE postings ADD COLUMN program TEXT NOT NULL DEFAULT '';
-- Submissions of which the Treasury has not booked every line, and some that it never will: a short list to look through for
-- what is held, in place of all that was ever sent. Kept in step with the feed (desktop/store/waiting.py).
CREATE TABLE open_submissions (submission_id INTEGER PRIMARY KEY REFERENCES submissions (submission_id));
-- Sums of a line without reading the statements themselves.
CREATE INDEX feed_events_book ON feed_events (budget_year, account, source, sector, at, delta, package_id) WHERE kind = 'balance';
DROP INDEX feed_events_key;
-- Balance changes that the Treasury told anew, so that the first telling moves nothing any more (desktop/store/retold.py).
CREATE TABLE retold_changes (seq INTEGER PRIMARY KEY, by_seq INTEGER NOT NULL);
CREATE TRIGGER retold_changes_no_update BEFORE UPDATE ON retold_changes BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER retold_changes_no_delete BEFORE DELETE ON retold_changes BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
-- The tables of reconciliation among all dossiers.
CREATE INDEX drafts_kind ON drafts (kind, id);

-- ---- Attachments: a scan made smaller, and the original it was made of, kept until somebody signs.
CREATE TABLE scans (
    sha256 TEXT PRIMARY KEY,
    original TEXT NOT NULL,
    made_by TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL
);
CREATE INDEX scans_original ON scans (original);
-- Contents that a draft or a step of undoing it refers to; written whenever a draft is (desktop.store.draft_files).
CREATE TABLE draft_files (
    sha256 TEXT NOT NULL, local_id TEXT NOT NULL, PRIMARY KEY (sha256, local_id)
) WITHOUT ROWID;
CREATE INDEX draft_files_local ON draft_files (local_id);
-- What nobody refers to may go; what was frozen, sealed or is drafted with never.
DROP TRIGGER attachments_no_delete;
CREATE TRIGGER attachments_no_delete BEFORE DELETE ON attachments
WHEN EXISTS (SELECT 1 FROM submission_objects o WHERE o.sha256 = OLD.sha256)
    OR EXISTS (SELECT 1 FROM package_parts p WHERE p.sha256 = OLD.sha256)
    OR EXISTS (SELECT 1 FROM draft_files f WHERE f.sha256 = OLD.sha256)
BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;

-- ---- Search: the headline of every dossier and all that can be found besides; `ref` leads there, `search` has the rest.
CREATE TABLE findable (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('dossier', 'payee', 'notice', 'contract', 'attachment', 'archive')),
    ref TEXT NOT NULL,
    title TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    amount INTEGER,
    at TEXT NOT NULL DEFAULT '',
    UNIQUE (kind, ref)
);
CREATE INDEX findable_amount ON findable (amount) WHERE amount IS NOT NULL;
CREATE VIRTUAL TABLE find USING fts5 (
    kind, text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='2 3'
);
CREATE INDEX receipts_number ON receipts (receipt_no);

-- ---- Speed: the list and its chips read these instead of whole dossiers and events.
CREATE INDEX feed_events_decisions ON feed_events (package_id, seq, decision) WHERE kind = 'decision';
CREATE INDEX feed_events_decided ON feed_events (decision, package_id, seq) WHERE kind = 'decision';
CREATE INDEX packages_ids ON packages (package_id, local_id);
CREATE INDEX packages_locals ON packages (local_id, package_id);
DROP INDEX drafts_updated;
CREATE INDEX drafts_updated ON drafts (updated_at, id, local_id, budget_year, sources, amount) WHERE deleted_at IS NULL;

-- ---- Surviving: checks made, and what they found (JSON, [] when sound); backups made and thinned; years put away.
CREATE TABLE checks (
    check_id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('start', 'full', 'upgrade', 'restore')),
    at TEXT NOT NULL,
    took_ms INTEGER NOT NULL,
    found TEXT NOT NULL
);
CREATE TABLE backups (
    backup_id INTEGER PRIMARY KEY AUTOINCREMENT,
    cause TEXT NOT NULL CHECK (cause IN ('day', 'upgrade', 'asked', 'rotation')),
    at TEXT NOT NULL,
    place TEXT NOT NULL,
    file TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    verified_at TEXT NOT NULL DEFAULT '',
    removed_at TEXT NOT NULL DEFAULT ''
);
CREATE TABLE archives (
    year INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    dossiers INTEGER NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL
);
CREATE INDEX drafts_gone ON drafts (local_id) WHERE deleted_at IS NOT NULL;
