"""For which new and changed payees of a submission the last signer stood, before signing it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from desktop.dossier.acknowledgements import PayeeStand
from desktop.store.database import Database
from desktop.store.journal import Journal

Key = tuple[str, str]
"""Account and name as desktop.dossier.payees writes them for comparing."""


class PayeeStands:
    """Keeps who stood for whom; a submission that was withdrawn and frozen again must be stood for again."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal

    def stood(self, submission_id: int, person_id: str) -> frozenset[Key]:
        """Return the payees of a submission that a person stood for."""
        return frozenset(one.key for one in self.stands(submission_id, person_id))

    def stands(self, submission_id: int, person_id: str) -> tuple[PayeeStand, ...]:
        """Return the same with what was said of each."""
        rows = self._database.rows(
            "SELECT account_key, name_key, kind FROM payee_stands WHERE submission_id = ? AND person_id = ?",
            (submission_id, person_id),
        )
        return tuple(PayeeStand.model_validate(dict(row)) for row in rows)

    def of_package(self, package_id: str) -> tuple[PayeeStand, ...]:
        """Return for whom the last signer of a sealed package stood."""
        rows = self._database.rows(
            "SELECT account_key, name_key, kind FROM payee_stands JOIN packages USING (submission_id)"
            " WHERE package_id = ?",
            (package_id,),
        )
        return tuple(PayeeStand.model_validate(dict(row)) for row in rows)

    def before(self, submission_id: int, person_id: str, payees: Collection[Key]) -> frozenset[Key]:
        """Return those of some payees that a person stood for in any other submission."""
        rows = self._database.rows(
            "SELECT DISTINCT account_key, name_key FROM payee_stands WHERE person_id = ?"
            " AND submission_id != ? AND account_key IN (SELECT value FROM json_each(?))",
            (person_id, submission_id, json.dumps([account for account, _ in payees])),
        )
        return frozenset((str(row["account_key"]), str(row["name_key"])) for row in rows) & frozenset(payees)

    def count(self) -> int:
        """Return how many payees were ever stood for, once for each submission."""
        return int(self._database.value("SELECT count(*) FROM payee_stands"))

    def stand(self, submission_id: int, local_id: str, person_id: str, stands: Iterable[PayeeStand], at: str) -> None:
        """Keep that a person stands for payees; those stood for already stay as they were.

        The journal says who, when and for how many, not for whom. `at` is an instant.
        """
        with self._database.transaction():
            known = self.stood(submission_id, person_id)
            fresh = [one for one in stands if one.key not in known]
            for one in fresh:
                self._database.insert(
                    "payee_stands", submission_id=submission_id, person_id=person_id, at=at, **one.model_dump()
                )
            if fresh:
                self._journal.append(person_id, "stand_for_payees", None, f"{local_id}: {len(fresh)}")
