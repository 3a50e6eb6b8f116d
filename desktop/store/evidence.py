"""Evidence added to signatures later: time-stamps (T), revocation data (LT); and which packages still wait for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.store.clock import Clock
from desktop.store.database import Database, Row
from desktop.store.errors import fault
from desktop.store.evidence_pieces import EvidencePieces, Piece
from desktop.store.journal import Journal

LEVELS = ("B", "T", "LT")
"""What a signature stands on, the least first."""

_WAITING = """
SELECT p.package_id, p.local_id, p.sealed_at, COALESCE(w.tries, 0) AS tries, COALESCE(w.next_at, '') AS next_at,
    COALESCE(w.code, '') AS code, COALESCE(w.text, '') AS text,
    (SELECT count(*) FROM signatures g WHERE g.submission_id = p.submission_id) AS signed,
    (SELECT count(DISTINCT e.step) FROM evidence e WHERE e.package_id = p.package_id) AS stamped,
    (SELECT count(*) FROM evidence e WHERE e.package_id = p.package_id AND e.level = 'LT') AS lasting
FROM packages p LEFT JOIN evidence_waits w USING (package_id)
WHERE EXISTS (
    SELECT 1 FROM signatures g WHERE g.submission_id = p.submission_id AND NOT EXISTS (
        SELECT 1 FROM evidence e WHERE e.package_id = p.package_id AND e.step = g.step AND e.level = 'LT'))
AND NOT EXISTS (SELECT 1 FROM cancellations c WHERE c.package_id = p.package_id)
"""


@dataclass(frozen=True)
class Waiting:
    """A sealed package with a signature below LT: how many are `signed`, `stamped` (T or LT) and `lasting` (LT).

    `tries`, `next_at`, `code` and `text` tell of the last attempt that did not succeed; `next_at` "" means now.
    """

    package_id: str
    local_id: str
    sealed_at: str
    signed: int
    stamped: int
    lasting: int
    tries: int
    next_at: str
    code: str
    text: str


class EvidenceRecord:
    """The evidence of every package, and the queue of those that lack some; `pieces` is what signatures share."""

    def __init__(self, database: Database, clock: Clock, journal: Journal) -> None:
        self._database = database
        self._clock = clock
        self._journal = journal
        self.pieces = EvidencePieces(database, clock)

    def best(self, package_id: str) -> dict[int, tuple[str, bytes]]:
        """Return level and CMS of the best evidence by step, counted from 1; a step without any is left out.

        The CMS is whole, with the lists that many share: for a question about levels ask `reached`.
        """
        rows = self._database.rows(
            "SELECT evidence_id, step, level, cms FROM evidence WHERE package_id = ? ORDER BY step, level = 'LT'",
            (package_id,),
        )
        best, held = {row["step"]: row for row in rows}, dict[int, bytes]()
        return {step: (str(row["level"]), self._whole(row, held)) for step, row in best.items()}

    def reached(self, package_id: str) -> dict[int, str]:
        """Return the best level by step, counted from 1; a step without any evidence is left out."""
        rows = self._database.rows(
            "SELECT step, level FROM evidence WHERE package_id = ? ORDER BY step, level = 'LT'", (package_id,)
        )
        return {row["step"]: str(row["level"]) for row in rows}

    def get(self, package_id: str, step: int, level: str) -> bytes:
        """Return the CMS of one signature at one level, whole. Raises StoreError not_found."""
        row = self._database.one(
            "SELECT evidence_id, cms FROM evidence WHERE package_id = ? AND step = ? AND level = ?",
            (package_id, step, level),
        )
        if row is None:
            raise fault("not_found")
        return self._whole(row, {})

    def levels(self, package_id: str) -> tuple[str, ...]:
        """Return the recorded level of every signature of a package, in order; () for one that is not here."""
        signed = self._database.value(
            "SELECT (SELECT count(*) FROM signatures g WHERE g.submission_id = p.submission_id) FROM packages p"
            " WHERE p.package_id = ?",
            (package_id,),
        )
        found = self.reached(package_id)
        return tuple(found.get(step, LEVELS[0]) for step in range(1, (signed or 0) + 1))

    def add(self, package_id: str, step: int, level: str, cms: bytes, pieces: Iterable[Piece] = ()) -> bool:
        """Keep a signature with more evidence, for good; False when this step has this level already.

        What it carries of `pieces` is kept once for all signatures that carry it.
        """
        with self._database.transaction():
            known = self._database.value(
                "SELECT 1 FROM evidence WHERE package_id = ? AND step = ? AND level = ?", (package_id, step, level)
            )
            if known:
                return False
            rest, cuts = self.pieces.cut(cms, pieces)
            at = self._clock()
            made = self._database.insert("evidence", package_id=package_id, step=step, level=level, cms=rest, at=at)
            for offset, piece_id in cuts:
                self._database.insert("evidence_cuts", evidence_id=made, offset=offset, piece_id=piece_id)
            self._journal.append("", "evidence", package_id, f"{step} {level}")
        return True

    def _whole(self, row: Row, held: dict[int, bytes]) -> bytes:
        cuts = self._database.rows(
            "SELECT offset, piece_id FROM evidence_cuts WHERE evidence_id = ?", (row["evidence_id"],)
        )
        return self.pieces.put_back(bytes(row["cms"]), [(cut["offset"], cut["piece_id"]) for cut in cuts], held)

    def waiting(self) -> list[Waiting]:
        """Return every package that lacks evidence, the oldest first."""
        rows = self._database.rows(f"{_WAITING} ORDER BY p.sealed_at, p.package_id")
        return [Waiting(**{name: row[name] for name in Waiting.__dataclass_fields__}) for row in rows]

    def waiting_of(self, package_id: str) -> Waiting | None:
        """Return what one package still lacks, None when it lacks nothing or is not here."""
        row = self._database.one(f"{_WAITING} AND p.package_id = ?", (package_id,))
        return None if row is None else Waiting(**{name: row[name] for name in Waiting.__dataclass_fields__})

    def put_off(self, package_id: str, next_at: str, code: str, text: str) -> None:
        """Leave a package alone until an instant, count the attempt and keep why it did not succeed."""
        with self._database.transaction():
            self._database.run(
                "INSERT INTO evidence_waits VALUES (?, 1, ?, ?, ?) ON CONFLICT (package_id) DO UPDATE SET"
                " tries = tries + 1, next_at = excluded.next_at, code = excluded.code, text = excluded.text",
                (package_id, next_at, code, text),
            )

    def clear_wait(self, package_id: str) -> None:
        """Forget earlier failures of a package: something came."""
        with self._database.transaction():
            self._database.run("DELETE FROM evidence_waits WHERE package_id = ?", (package_id,))

    def hurry(self) -> None:
        """Let everything that waits be tried at the next chance, e.g. after a new revocation list came."""
        with self._database.transaction():
            self._database.run("UPDATE evidence_waits SET next_at = ''")
