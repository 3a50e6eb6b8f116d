"""What many signatures carry alike, kept once: revocation lists of megabytes, and certificates of authorities.

Whoever keeps a signature says what may be cut out of it; what comes back is the same bytes, whatever they mean.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from desktop.store.clock import Clock
from desktop.store.database import Database

_LEVEL = 6
"""Of zlib: a revocation list becomes half as large; 9 takes three times as long for a hundredth."""


@dataclass(frozen=True)
class Piece:
    """Bytes that other signatures carry too; of a revocation list with the digest of its issuer and its instant."""

    content: bytes = field(repr=False)
    issuer: str = ""
    this_update: str = ""


@dataclass(frozen=True)
class KeptEvidenceList:
    """A revocation list that some signature here carries: its size in bytes, and since when it is here."""

    issuer: str
    this_update: str
    sha256: str
    size: int
    at: str


class EvidencePieces:
    """The pieces of one store; only those in use ever come in, and none ever leaves."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def cut(self, whole: bytes, pieces: Iterable[Piece]) -> tuple[bytes, list[tuple[int, int]]]:
        """Give the bytes without the pieces found in them, and (offset, piece) of each; in a transaction."""
        taken: list[tuple[int, int, Piece]] = []
        for piece in sorted({one.content: one for one in pieces if one.content}.values(), key=_largest_first):
            taken += [(start, end, piece) for start, end in _places(whole, piece.content) if _free(taken, start, end)]
        rest, after = bytearray(), 0
        for start, end, _ in sorted(taken, key=lambda one: one[0]):
            rest += whole[after:start]
            after = end
        return bytes(rest + whole[after:]), [(start, self._keep(piece)) for start, _, piece in taken]

    def put_back(self, rest: bytes, cuts: Sequence[tuple[int, int]], held: dict[int, bytes]) -> bytes:
        """Give the whole bytes again; `held` saves reading a piece twice."""
        whole, used = bytearray(), 0
        for offset, piece_id in sorted(cuts):
            wanted = offset - len(whole)
            whole += rest[used : used + wanted]
            used += wanted
            if piece_id not in held:
                held[piece_id] = self._content(piece_id)
            whole += held[piece_id]
        return bytes(whole + rest[used:])

    def newest_lists(self) -> list[KeptEvidenceList]:
        """Return the newest revocation list of every issuer that some signature carries."""
        rows = self._database.rows(
            "SELECT issuer, max(this_update) AS this_update, sha256, size, at FROM evidence_pieces"
            " WHERE issuer <> '' GROUP BY issuer ORDER BY issuer"
        )
        return [KeptEvidenceList(**{name: row[name] for name in KeptEvidenceList.__dataclass_fields__}) for row in rows]

    def content(self, sha256: str) -> bytes:
        """Return a piece by its digest, b"" when it is not here."""
        piece_id = self._database.value("SELECT piece_id FROM evidence_pieces WHERE sha256 = ?", (sha256,))
        return b"" if piece_id is None else self._content(piece_id)

    def _content(self, piece_id: int) -> bytes:
        return zlib.decompress(
            self._database.value("SELECT packed FROM evidence_pieces WHERE piece_id = ?", (piece_id,))
        )

    def _keep(self, piece: Piece) -> int:
        sha256 = hashlib.sha256(piece.content).hexdigest()
        known = self._database.value("SELECT piece_id FROM evidence_pieces WHERE sha256 = ?", (sha256,))
        if known is not None:
            return int(known)
        return self._database.insert(
            "evidence_pieces", sha256=sha256, issuer=piece.issuer, this_update=piece.this_update,
            size=len(piece.content), at=self._clock(), packed=zlib.compress(piece.content, _LEVEL),
        )  # fmt: skip


def _largest_first(piece: Piece) -> tuple[int, bytes]:
    return -len(piece.content), piece.content


def _places(whole: bytes, content: bytes) -> list[tuple[int, int]]:
    """Where the content stands in the whole, from left to right."""
    found, start = [], whole.find(content)
    while start >= 0:
        found.append((start, start + len(content)))
        start = whole.find(content, start + len(content))
    return found


def _free(taken: Iterable[tuple[int, int, Piece]], start: int, end: int) -> bool:
    return all(end <= first or last <= start for first, last, _ in taken)
