"""What was paid before, for the signer: to whom, when, and by which dossier."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from desktop.dossier.ledger import PayeeFacts
from desktop.dossier.payees import account_key, name_key
from desktop.store.database import Database, Row

Key = tuple[str, str]
SAMPLE = 20
"""So many payees of a list are looked up to find the dossiers that paid it; which one it was is then told by all."""
_CANDIDATES = 40

_PAID = """
SELECT p.account_key, p.name_key, p.account_no, p.name, p.bank, s.decided_on, s.applied_at
FROM payments p JOIN submission_standing s USING (submission_id)
WHERE s.standing = 'paid' AND p.{column} IN (SELECT value FROM json_each(?)) ORDER BY s.applied_at, s.submission_id
"""
_SHARING = """
SELECT submission_id, count(DISTINCT name_key) AS shared FROM (
    SELECT submission_id, name_key FROM payments WHERE account_key IN (SELECT value FROM json_each(:accounts))
    UNION SELECT submission_id, name_key FROM payments WHERE name_key IN (SELECT value FROM json_each(:names)))
WHERE submission_id != :mine GROUP BY submission_id HAVING shared * 2 >= :wanted
ORDER BY submission_id DESC LIMIT :most
"""
_STOOD = """
SELECT s.submission_id, s.local_id, s.decided_on, s.applied_at,
    (SELECT count(DISTINCT p.account_key || '|' || p.name_key) FROM payments p
        WHERE p.submission_id = s.submission_id) AS payees
FROM submission_standing s
WHERE s.standing = 'paid' AND (s.submission_id IN (SELECT value FROM json_each(:ids)) OR s.local_id = :copied)
ORDER BY s.applied_at DESC, s.submission_id DESC
"""
_COPIED_FROM = "SELECT json_extract(body, '$.copied_from') FROM drafts WHERE local_id = ?"


class PaidDossier(NamedTuple):
    """A dossier that was paid: by its submission, on which day (YYYY-MM-DD), and to how many payees."""

    submission_id: int
    local_id: str
    day: str
    payees: int


class PaidBook:
    """Who was paid on some accounts and under some names: the PayeeBook of desktop.dossier.payees, but facts only."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._by_account: dict[str, PayeeFacts] = {}
        self._by_name: dict[str, dict[str, PayeeFacts]] = {}
        for row in rows:  # the newest last
            facts = PayeeFacts(row["name"], row["account_no"], row["bank"], row["decided_on"] or "", 1, "")
            self._by_account[row["account_key"]] = facts
            self._by_name.setdefault(row["name_key"], {})[row["account_key"]] = facts

    def payee(self, account_no: str) -> PayeeFacts | None:
        """Return whom the Treasury paid last on this account."""
        return self._by_account.get(account_key(account_no))

    def payee_named(self, name: str) -> tuple[PayeeFacts, ...]:
        """Return the accounts on which this name was paid, the one paid last first."""
        found = self._by_name.get(name_key(name), {}).values()
        return tuple(sorted(found, key=lambda facts: facts.last_paid, reverse=True))


class PaidBefore:
    """Reads paid dossiers; nothing here counts what was only submitted or acknowledged."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def head(self) -> int:
        """Return the newest event of the Treasury's feed here: while it stands still, what was paid does too."""
        return int(self._database.value("SELECT max(seq) FROM feed_events") or 0)

    def book(self, payees: Collection[Key]) -> PaidBook:
        """Return who was paid on these accounts, or under these names."""
        names = json.dumps(sorted({name for _, name in payees}))
        by_name = self._database.rows(_PAID.format(column="name_key"), (names,))
        accounts = {account for account, _ in payees} | {row["account_key"] for row in by_name}
        rows = self._database.rows(_PAID.format(column="account_key"), (json.dumps(sorted(accounts)),))
        return PaidBook(rows)

    def same_payees(self, submission_id: int, local_id: str, payees: Sequence[Key]) -> PaidDossier | None:
        """Return the dossier paid last to mostly the same payees, else the paid one it was copied from, else None.

        Mostly: at least half of the larger of the two lists, judged by the first payees of a long one.
        """
        sample = payees[:SAMPLE]
        asked = {
            "accounts": json.dumps([account for account, _ in sample]),
            "names": json.dumps([name for _, name in sample]),
            "mine": submission_id, "wanted": max(len(sample), 1), "most": _CANDIDATES,
        }  # fmt: skip
        ids = [int(row["submission_id"]) for row in self._database.rows(_SHARING, asked)] if sample else []
        copied = self._database.value(_COPIED_FROM, (local_id,)) or ""
        if not ids and not copied:
            return None
        rows = self._database.rows(_STOOD, {"ids": json.dumps(ids), "copied": copied})
        found = [PaidDossier(r["submission_id"], r["local_id"], r["decided_on"] or "", r["payees"]) for r in rows]
        alike = (one for one in found if one.submission_id in ids and one.payees <= 2 * len(payees) <= 4 * one.payees)
        return next(alike, None) or next((one for one in found if one.local_id == copied), None)
