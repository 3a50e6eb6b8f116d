"""For which new and changed payees of a submission the last signer stood, before signing it."""

from __future__ import annotations

from collections.abc import Mapping

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
        rows = self._database.rows(
            "SELECT account_key, name_key FROM payee_stands WHERE submission_id = ? AND person_id = ?",
            (submission_id, person_id),
        )
        return frozenset((str(row["account_key"]), str(row["name_key"])) for row in rows)

    def count(self) -> int:
        """Return how many payees were ever stood for, once for each submission."""
        return int(self._database.value("SELECT count(*) FROM payee_stands"))

    def stand(self, submission_id: int, local_id: str, person_id: str, kinds: Mapping[Key, str], at: str) -> None:
        """Keep that a person stands for payees, "new" or "changed" by key; those stood for already stay as they were.

        The journal says who, when and for how many, not for whom. `at` is an instant.
        """
        with self._database.transaction():
            fresh = {key: kind for key, kind in kinds.items() if key not in self.stood(submission_id, person_id)}
            for (account, name), kind in fresh.items():
                self._database.insert(
                    "payee_stands", submission_id=submission_id, person_id=person_id, account_key=account,
                    name_key=name, kind=kind, at=at,
                )  # fmt: skip
            if fresh:
                self._journal.append(person_id, "stand_for_payees", None, f"{local_id}: {len(fresh)}")
