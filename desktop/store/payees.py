"""Who was paid on which account, and which changed payees a person stood for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from desktop.dossier.ledger import PayeeFacts
from desktop.dossier.payees import account_key, name_key
from desktop.store.database import Database, Row
from desktop.store.finding_facts import find_payee
from desktop.store.journal import Journal
from desktop.store.standing import Without

_KNOWN = """
WITH paid AS {materialised} (
    SELECT submission_id, applied_at, decided_on FROM submission_standing
    WHERE standing = 'paid' AND local_id != :exclude AND package_id IS NOT :replaces)
SELECT account_key, name_key, account_no, name, bank, '' AS person_id, max(applied_at) AS at,
    decided_on, count(*) AS times
FROM payments JOIN paid USING (submission_id) {where} GROUP BY account_key, name_key
UNION ALL
SELECT account_key, name_key, account_no, name, '', person_id, at, '', 0 FROM payee_acknowledgements {where}
ORDER BY account_key, at
"""
"""What was paid to each account and name, by the newest payment, and what was acknowledged; the newest of each last."""

_ONE = _KNOWN.format(materialised="NOT MATERIALIZED", where="WHERE account_key = :key")
_ALL = _KNOWN.format(materialised="MATERIALIZED", where="")
_ACCOUNTS = """
SELECT account_key FROM payments WHERE name_key = :key
UNION SELECT account_key FROM payee_acknowledgements WHERE name_key = :key
"""
MANY = 40
"""So many accounts looked up one by one cost as much as reading all: a list of payees asks for hundreds."""


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
            find_payee(self._database, number)
            self._journal.append(person_id, "acknowledge_payee", None, f"payee {number}")


class KnownPayees:
    """Answers for one check: each account is read once, and all of them at once when many are asked for."""

    def __init__(self, database: Database, without: Without) -> None:
        self._database = database
        self._without = without
        self._found: dict[str, PayeeFacts | None] = {}
        self._by_name: dict[str, list[PayeeFacts]] | None = None

    def on(self, account_no: str) -> PayeeFacts | None:
        """Return who stands behind an account: as last paid, or as acknowledged since."""
        return self._on(account_key(account_no))

    def named(self, name: str) -> tuple[PayeeFacts, ...]:
        """Return the accounts on which a name stands, the one paid last first."""
        key = name_key(name)
        if self._by_name is None:
            accounts = [row["account_key"] for row in self._database.rows(_ACCOUNTS, {"key": key})]
            found = [facts for account in accounts if (facts := self._on(account)) is not None]
        else:
            found = self._by_name.get(key, [])
        standing = (facts for facts in found if name_key(facts.name) == key)
        return tuple(sorted(standing, key=lambda facts: facts.last_paid, reverse=True))

    def _on(self, key: str) -> PayeeFacts | None:
        if key not in self._found and self._by_name is None:
            if len(self._found) >= MANY:
                self._read_all()
            else:
                rows = self._database.rows(_ONE, {**self._without, "key": key})
                self._found[key] = _facts(rows) if rows else None
        return self._found.get(key)

    def _read_all(self) -> None:
        self._by_name = {}
        rows = self._database.rows(_ALL, {**self._without})
        for account, group in groupby(rows, key=lambda row: row["account_key"]):
            facts = _facts(list(group))
            self._found[account] = facts
            self._by_name.setdefault(name_key(facts.name), []).append(facts)


def _facts(rows: Sequence[Row]) -> PayeeFacts:
    """Read one account's history: the newest word says who stands behind it."""
    last = rows[-1]
    same = [row for row in rows if row["name_key"] == last["name_key"]]
    return PayeeFacts(
        name=last["name"],
        account_no=last["account_no"],
        bank=next((row["bank"] for row in reversed(rows) if row["bank"]), ""),
        last_paid=max(row["decided_on"] for row in same),
        times=sum(row["times"] for row in same),
        acknowledged_by=next((row["person_id"] for row in reversed(same) if row["person_id"]), ""),
    )
