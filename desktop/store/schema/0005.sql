-- Signing at the desk: who was registered when, whom we trust, evidence added later, dossiers that travel between machines.

-- A person's certificate under their roles counts from `since` until an end is written down; what was signed meanwhile
-- stays good. `source` says what it rests on: "unit", or the package id of a Mẫu 24. `der` is NULL when only the digest is known.
CREATE TABLE registrations (
    registration_id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id TEXT NOT NULL,
    name TEXT NOT NULL,
    roles TEXT NOT NULL,
    certificate_sha256 TEXT NOT NULL,
    der BLOB,
    since TEXT NOT NULL,
    source TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL
);
CREATE INDEX registrations_person ON registrations (person_id);
CREATE INDEX registrations_certificate ON registrations (certificate_sha256);
CREATE TABLE registration_ends (
    registration_id INTEGER PRIMARY KEY REFERENCES registrations (registration_id),
    until TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL
);

-- Người được ủy quyền: signs in place of another under one role, within days (inclusive) and a scope (JSON).
CREATE TABLE delegations (
    delegation_id INTEGER PRIMARY KEY AUTOINCREMENT,
    role TEXT NOT NULL,
    by_person TEXT NOT NULL,
    to_person TEXT NOT NULL,
    document_no TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    scope TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL
);
CREATE TABLE delegation_ends (
    delegation_id INTEGER PRIMARY KEY REFERENCES delegations (delegation_id),
    until TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL
);

-- In which sitting and on which machine a signature was made: two roles in one sitting are shown to the account holder.
-- `session` and `machine` are random names, `machine_name` what people call the computer.
ALTER TABLE signatures ADD COLUMN session TEXT NOT NULL DEFAULT '';
ALTER TABLE signatures ADD COLUMN machine TEXT NOT NULL DEFAULT '';
ALTER TABLE signatures ADD COLUMN machine_name TEXT NOT NULL DEFAULT '';

-- The signer of the last step stood for the new and changed payees of what was signed.
CREATE TABLE payee_stands (
    submission_id INTEGER NOT NULL REFERENCES submissions (submission_id),
    person_id TEXT NOT NULL,
    account_key TEXT NOT NULL,
    name_key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('new', 'changed')),
    at TEXT NOT NULL,
    PRIMARY KEY (submission_id, person_id, account_key, name_key)
);

-- What the Treasury signed about whom to trust, as received; the highest version counts.
CREATE TABLE trust_lists (
    version INTEGER PRIMARY KEY,
    statement TEXT NOT NULL,
    payload BLOB NOT NULL,
    source TEXT NOT NULL,
    at TEXT NOT NULL
);

-- A signature with evidence added: the same signature value, `level` "T" or "LT". `cms` is without what many signatures carry
-- alike (revocation lists of megabytes, certificates): that is kept once in `evidence_pieces`, and a cut says where it goes back.
CREATE TABLE evidence (
    evidence_id INTEGER PRIMARY KEY,
    package_id TEXT NOT NULL REFERENCES packages (package_id),
    step INTEGER NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('T', 'LT')),
    cms BLOB NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (package_id, step, level)
);
-- `packed` is the content by zlib, `sha256` and `size` are of the content; `issuer` (SHA-256 of the name's DER) and
-- `this_update` are those of a revocation list, '' for anything else.
CREATE TABLE evidence_pieces (
    piece_id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    issuer TEXT NOT NULL,
    this_update TEXT NOT NULL,
    size INTEGER NOT NULL,
    at TEXT NOT NULL,
    packed BLOB NOT NULL
);
CREATE INDEX evidence_pieces_lists ON evidence_pieces (issuer, this_update, sha256, size, at);
-- `offset` is where the piece stands in the whole signature, in bytes.
CREATE TABLE evidence_cuts (
    evidence_id INTEGER NOT NULL REFERENCES evidence (evidence_id),
    offset INTEGER NOT NULL,
    piece_id INTEGER NOT NULL REFERENCES evidence_pieces (piece_id),
    PRIMARY KEY (evidence_id, offset)
) WITHOUT ROWID;

-- The queue of evidence is asked for at every pass: without it every package's core would be read to find the few that wait.
CREATE INDEX packages_evidence ON packages (submission_id, package_id, local_id, sealed_at);

-- A dossier that went to another machine for signatures, came from one, or came back. `signed` counts the signatures it
-- had, `bundle` is the SHA-256 of the file, `machine` the other side as far as it is known.
CREATE TABLE handovers (
    handover_id INTEGER PRIMARY KEY AUTOINCREMENT,
    submission_id INTEGER NOT NULL REFERENCES submissions (submission_id),
    kind TEXT NOT NULL CHECK (kind IN ('out', 'taken_back', 'returned', 'in', 'back')),
    bundle TEXT NOT NULL,
    machine TEXT NOT NULL,
    signed INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL
);
CREATE INDEX handovers_submission ON handovers (submission_id, handover_id);
-- A submission that lives on another machine and is here for signatures only: it holds no money and is not sent from here.
CREATE TABLE guests (
    submission_id INTEGER PRIMARY KEY REFERENCES submissions (submission_id),
    home_machine TEXT NOT NULL,
    home_id TEXT NOT NULL,
    told TEXT NOT NULL,
    at TEXT NOT NULL
);

CREATE TRIGGER registrations_no_update BEFORE UPDATE ON registrations BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER registrations_no_delete BEFORE DELETE ON registrations BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER registration_ends_no_update BEFORE UPDATE ON registration_ends
BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER registration_ends_no_delete BEFORE DELETE ON registration_ends
BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER delegations_no_update BEFORE UPDATE ON delegations BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER delegations_no_delete BEFORE DELETE ON delegations BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER delegation_ends_no_update BEFORE UPDATE ON delegation_ends BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER delegation_ends_no_delete BEFORE DELETE ON delegation_ends BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER payee_stands_no_update BEFORE UPDATE ON payee_stands BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER payee_stands_no_delete BEFORE DELETE ON payee_stands BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER trust_lists_no_update BEFORE UPDATE ON trust_lists BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER trust_lists_no_delete BEFORE DELETE ON trust_lists BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER evidence_pieces_no_update BEFORE UPDATE ON evidence_pieces
BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER evidence_pieces_no_delete BEFORE DELETE ON evidence_pieces
BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER evidence_cuts_no_update BEFORE UPDATE ON evidence_cuts BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER evidence_cuts_no_delete BEFORE DELETE ON evidence_cuts BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER handovers_no_update BEFORE UPDATE ON handovers BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER handovers_no_delete BEFORE DELETE ON handovers BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER guests_no_update BEFORE UPDATE ON guests BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;
CREATE TRIGGER guests_no_delete BEFORE DELETE ON guests BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END;

-- Working data.
-- Roots a person of the unit chose to trust, beside those of the Treasury's list.
CREATE TABLE own_roots (
    sha256 TEXT PRIMARY KEY, der BLOB NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL
);
-- The newest revocation list of each issuer, key and scope, which `issuer` names; instants are the list's own.
CREATE TABLE crls (
    issuer TEXT PRIMARY KEY,
    issuer_name TEXT NOT NULL,
    this_update TEXT NOT NULL,
    next_update TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    der BLOB NOT NULL,
    source TEXT NOT NULL,
    at TEXT NOT NULL
);
-- Packages whose time-stamp or revocation data could not be had yet, and when to try again.
CREATE TABLE evidence_waits (
    package_id TEXT PRIMARY KEY REFERENCES packages (package_id),
    tries INTEGER NOT NULL,
    next_at TEXT NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL
);
-- Certificates of tokens seen here, so that an expiry can be announced while no token is plugged in.
CREATE TABLE tokens_seen (
    certificate_sha256 TEXT PRIMARY KEY,
    der BLOB NOT NULL,
    serial TEXT NOT NULL,
    label TEXT NOT NULL,
    module TEXT NOT NULL,
    at TEXT NOT NULL
);
