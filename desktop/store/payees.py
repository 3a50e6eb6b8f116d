"""Who was paid on which account, and which changed payees a person stood for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from desktop.dossier.ledger import PayeeFacts
from desktop.store.database import Database, Row
from desktop.store.declared import account_key, name_key
from desktop.store.journal import Journal
from desktop.store.standing import Without

_ACCOUNTS_OF_NAME = """(SELECT account_key FROM payments WHERE name_key = :key
                        UNION SELECT account_key FROM payee_acknowledgements WHERE name_key = :key)"""
_KNOWN = """
SELECT account_key, name_key, account_no, name, bank, '' AS person_id, s.applied_at AS at, s.decided_on
FROM payments p JOIN submission_standing s USING (submission_id)
WHERE account_key IN {0} AND s.standing = 'paid' AND s.local_id != :exclude AND s.package_id IS NOT :replaces
UNION ALL
SELECT account_key, name_key, account_no, name, '' AS bank, person_id, at, '' AS decided_on
FROM payee_acknowledgements WHERE account_key IN {0}
ORDER BY account_key, at
"""
_OF_ACCOUNT, _OF_NAME = _KNOWN.format("(:key)"), _KNOWN.format(_ACCOUNTS_OF_NAME)


class Payees:
    """Keeps who acknowledged which payee."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal

    def acknowledge(self, account_no: str, name: str, person_id: str, at: str) -> None:
        """Let a person stand for this name on this account; `at` is an instant. A further change stands open again.

        The journal says who and when, not the payee.
        """
        with self._database.transaction():
            number = self._database.insert(
                "payee_acknowledgements", account_key=account_key(account_no), name_key=name_key(name),
                account_no=account_no.strip(), name=name.strip(), person_id=person_id, at=at,
            )  # fmt: skip
            self._journal.append(person_id, "acknowledge_payee", None, f"payee {number}")


def payee_on(database: Database, account_no: str, without: Without) -> PayeeFacts | None:
    """Return who stands behind an account: as last paid, or as acknowledged since."""
    rows = database.rows(_OF_ACCOUNT, {**without, "key": account_key(account_no)})
    return _facts(rows) if rows else None


def payees_named(database: Database, name: str, without: Without) -> tuple[PayeeFacts, ...]:
    """Return the accounts on which a name stands, the one paid last first."""
    rows = database.rows(_OF_NAME, {**without, "key": name_key(name)})
    found = [_facts(list(group)) for _, group in groupby(rows, key=lambda row: row["account_key"])]
    standing = (facts for facts in found if name_key(facts.name) == name_key(name))
    return tuple(sorted(standing, key=lambda facts: facts.last_paid, reverse=True))


def _facts(rows: Sequence[Row]) -> PayeeFacts:
    """Read one account's history, oldest first: the newest word says who stands behind it."""
    last = rows[-1]
    same = [row for row in rows if row["name_key"] == last["name_key"]]
    return PayeeFacts(
        name=last["name"],
        account_no=last["account_no"],
        bank=next((row["bank"] for row in reversed(rows) if row["bank"]), ""),
        last_paid=max(row["decided_on"] for row in same),
        times=sum(not row["person_id"] for row in same),
        acknowledged_by=next((row["person_id"] for row in reversed(same) if row["person_id"]), ""),
    )
