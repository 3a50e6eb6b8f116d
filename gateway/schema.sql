-- Units and their people as registered at the Treasury.
CREATE TABLE unit (
    code TEXT PRIMARY KEY,
    data TEXT NOT NULL,
    registered_at TEXT NOT NULL
) STRICT;
CREATE TABLE person (
    unit_code TEXT NOT NULL REFERENCES unit(code),
    person_id TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (unit_code, person_id)
) STRICT;
-- Given to the unit; what moved since is in movement.
CREATE TABLE estimate (
    unit_code TEXT NOT NULL REFERENCES unit(code),
    budget_year INTEGER NOT NULL,
    account TEXT NOT NULL,
    source TEXT NOT NULL,
    sector TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (unit_code, budget_year, account, source, sector)
) STRICT;
CREATE TABLE movement (
    unit_code TEXT NOT NULL REFERENCES unit(code),
    package_id TEXT NOT NULL,
    budget_year INTEGER NOT NULL,
    account TEXT NOT NULL,
    source TEXT NOT NULL,
    sector TEXT NOT NULL,
    delta INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (unit_code, package_id, budget_year, account, source, sector)
) STRICT;

-- Devices that may speak for a unit. Codes and tokens are kept as SHA-256 only.
CREATE TABLE invitation (
    code_sha256 TEXT PRIMARY KEY,
    unit_code TEXT NOT NULL REFERENCES unit(code),
    expires TEXT NOT NULL,
    device_id TEXT
) STRICT;
CREATE TABLE device (
    device_id TEXT PRIMARY KEY,
    unit_code TEXT NOT NULL REFERENCES unit(code),
    public_key TEXT NOT NULL,
    name TEXT NOT NULL,
    enrolled_at TEXT NOT NULL,
    revoked_at TEXT
) STRICT;
CREATE TABLE nonce (
    device_id TEXT NOT NULL REFERENCES device(device_id),
    nonce TEXT NOT NULL,
    expires TEXT NOT NULL,
    PRIMARY KEY (device_id, nonce)
) STRICT;

-- Packages. state: waiting (parts are missing or not yet judged) | accepted | refused.
CREATE TABLE package (
    unit_code TEXT NOT NULL REFERENCES unit(code),
    package_id TEXT NOT NULL,
    core BLOB NOT NULL,
    core_sha256 TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'refused')),
    code TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    stored_at TEXT NOT NULL,
    PRIMARY KEY (unit_code, package_id)
) STRICT;
CREATE TABLE awaited (
    unit_code TEXT NOT NULL,
    package_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (unit_code, package_id, sha256)
) STRICT;
CREATE INDEX awaited_by_part ON awaited (unit_code, sha256);
CREATE TABLE receipt (
    unit_code TEXT NOT NULL,
    package_id TEXT NOT NULL,
    receipt_no TEXT NOT NULL UNIQUE,
    payload TEXT NOT NULL,
    key_id TEXT NOT NULL,
    signature TEXT NOT NULL,
    PRIMARY KEY (unit_code, package_id),
    FOREIGN KEY (unit_code, package_id) REFERENCES package(unit_code, package_id)
) STRICT;
-- Numbers of vouchers in accepted packages, to find the same voucher sent twice.
CREATE TABLE voucher (
    unit_code TEXT NOT NULL,
    form TEXT NOT NULL,
    document_no TEXT NOT NULL,
    budget_year INTEGER NOT NULL,
    package_id TEXT NOT NULL,
    PRIMARY KEY (unit_code, form, document_no, budget_year, package_id)
) STRICT;

-- The sandbox Treasury's work on an accepted package. stage: received | in_control | paid | returned | supplement | mismatch.
CREATE TABLE ruling (
    unit_code TEXT NOT NULL,
    package_id TEXT NOT NULL,
    local_id TEXT NOT NULL,
    dossier TEXT NOT NULL,
    replaces TEXT,
    stage TEXT NOT NULL DEFAULT 'received',
    due REAL NOT NULL,
    not_before REAL NOT NULL DEFAULT 0,
    official_code TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (unit_code, package_id),
    FOREIGN KEY (unit_code, package_id) REFERENCES package(unit_code, package_id)
) STRICT;
CREATE INDEX ruling_local ON ruling (unit_code, local_id);
CREATE INDEX ruling_replaces ON ruling (unit_code, replaces) WHERE replaces IS NOT NULL;
CREATE INDEX ruling_open ON ruling (due) WHERE stage IN ('received', 'in_control');
CREATE TABLE feed (
    unit_code TEXT NOT NULL REFERENCES unit(code),
    seq INTEGER NOT NULL,
    payload TEXT NOT NULL,
    key_id TEXT NOT NULL,
    signature TEXT NOT NULL,
    PRIMARY KEY (unit_code, seq)
) STRICT;

CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;

-- What was said to a unit stays said.
CREATE TRIGGER receipt_fixed BEFORE UPDATE ON receipt BEGIN SELECT RAISE(ABORT, 'receipts never change'); END;
CREATE TRIGGER receipt_kept BEFORE DELETE ON receipt BEGIN SELECT RAISE(ABORT, 'receipts are kept'); END;
CREATE TRIGGER feed_fixed BEFORE UPDATE ON feed BEGIN SELECT RAISE(ABORT, 'events never change'); END;
CREATE TRIGGER feed_kept BEFORE DELETE ON feed BEGIN SELECT RAISE(ABORT, 'events are kept'); END;
CREATE TRIGGER accepted_fixed BEFORE UPDATE ON package WHEN old.state = 'accepted'
BEGIN SELECT RAISE(ABORT, 'an accepted package never changes'); END;
CREATE TRIGGER package_kept BEFORE DELETE ON package BEGIN SELECT RAISE(ABORT, 'packages are kept'); END;

PRAGMA user_version = 1;
