-- What was booked under codes, as the unit's documents were accepted: reconciliation is against these.
CREATE TABLE booking (
    unit_code TEXT NOT NULL REFERENCES unit(code),
    package_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('spend', 'advance')),
    budget_year INTEGER NOT NULL,
    account TEXT NOT NULL,
    econ TEXT NOT NULL,
    chapter TEXT NOT NULL,
    sector TEXT NOT NULL,
    source TEXT NOT NULL,
    amount INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (unit_code, package_id, position)
) STRICT;

-- Accounts opened by a Mẫu 24 or closed by a Mẫu 25; the two of the registration stand in unit until they are closed.
CREATE TABLE account (
    unit_code TEXT NOT NULL REFERENCES unit(code),
    account TEXT NOT NULL,
    opened_at TEXT NOT NULL DEFAULT '',
    closed_at TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (unit_code, account)
) STRICT;

-- People whose certificate the office has seen and who wait for an accepted Mẫu 24; and who signed before it.
CREATE TABLE candidate (
    unit_code TEXT NOT NULL REFERENCES unit(code),
    person_id TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (unit_code, person_id)
) STRICT;
CREATE TABLE former_signer (
    unit_code TEXT NOT NULL REFERENCES unit(code),
    certificate_sha256 TEXT NOT NULL,
    role TEXT NOT NULL,
    until TEXT NOT NULL,
    PRIMARY KEY (unit_code, certificate_sha256, role)
) STRICT;

-- What the sandbox was told to do with a coming dossier, used once.
CREATE TABLE wish (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    unit_code TEXT NOT NULL REFERENCES unit(code),
    number TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('accept', 'return', 'supplement', 'mismatch')),
    amount INTEGER,
    reason TEXT NOT NULL,
    figures TEXT NOT NULL DEFAULT '[]',
    used_by TEXT
) STRICT;

-- Form packs that were published, and which unit was told of which.
CREATE TABLE form_pack (
    sha256 TEXT PRIMARY KEY,
    version TEXT NOT NULL,
    size INTEGER NOT NULL,
    valid_from TEXT NOT NULL,
    published_at TEXT NOT NULL
) STRICT;
CREATE TABLE form_pack_told (
    unit_code TEXT NOT NULL REFERENCES unit(code),
    sha256 TEXT NOT NULL REFERENCES form_pack(sha256),
    PRIMARY KEY (unit_code, sha256)
) STRICT;

PRAGMA user_version = 2;
