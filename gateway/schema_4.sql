-- Heads of the journals that units' machines keep, countersigned; one that contradicts an earlier one stands here too.
CREATE TABLE journal_head (
    head_id INTEGER PRIMARY KEY AUTOINCREMENT,
    unit_code TEXT NOT NULL REFERENCES unit(code),
    device_id TEXT NOT NULL REFERENCES device(device_id),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    known TEXT NOT NULL CHECK (known IN ('next', 'forked')),
    seal TEXT NOT NULL,
    seal_signature TEXT NOT NULL,
    received_at TEXT NOT NULL,
    payload TEXT NOT NULL,
    key_id TEXT NOT NULL,
    signature TEXT NOT NULL
) STRICT;
CREATE INDEX journal_head_device ON journal_head (device_id, seq);
CREATE TRIGGER journal_head_no_update BEFORE UPDATE ON journal_head BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER journal_head_no_delete BEFORE DELETE ON journal_head BEGIN SELECT RAISE(ABORT, 'append only'); END;

PRAGMA user_version = 4;
