-- Who may sign in whose place (người được ủy quyền): JSON of desktop.dossier.registration.Delegation, `until` when ended.
CREATE TABLE delegation (
    unit_code TEXT NOT NULL REFERENCES unit(code),
    delegation_id INTEGER PRIMARY KEY AUTOINCREMENT,
    data TEXT NOT NULL
) STRICT;

PRAGMA user_version = 3;
