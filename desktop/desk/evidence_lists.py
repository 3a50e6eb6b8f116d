"""Which revocation lists signatures carry for good: the same ones as far as they say enough, and the store stays small.

An authority of size publishes a list of megabytes every day, nearly the same as yesterday's. One list serves every
signature whose time-stamp is older than its next update, so a package may wait for its list; its time-stamp does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from desktop.dossier.dates import instant, local_day
from desktop.signing.asice import MAX_SIGNATURES_BYTES
from desktop.signing.crls import Crl, read_crl
from desktop.signing.evidence import Needed, carried_by
from desktop.store.evidence_pieces import KeptEvidenceList, Piece
from desktop.store.store import Store

BYTES_A_DAY = 100_000
"""Of new lists of one authority, by their full size: 3 MB once a month. A year of it takes 18 MB of the store."""
LONGEST_WAIT = timedelta(days=60)
_MARGIN = timedelta(days=1)


class EvidenceLists:
    """The lists that signatures of one store carry; reads each but once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[str, bytes] = {}

    def kept(self) -> tuple[bytes, ...]:
        """The newest list of each authority that some signature carries already (DER)."""
        newest = [item.sha256 for item in self._store.evidence.pieces.newest_lists()]
        self._read = {sha256: self._read.get(sha256) or self._content(sha256) for sha256 in newest}
        return tuple(self._read.values())

    def wait_until(self, needed: Needed, now: datetime) -> datetime | None:
        """When the store has room for the lists that a signature needs; None: it may have them now.

        A signature whose certificate would have run out by then does not wait: a later list need not tell of it.
        """
        kept = {item.issuer: item for item in self._store.evidence.pieces.newest_lists()}
        here = {item.sha256 for item in kept.values()}
        new = [crl for crl in map(read_crl, needed.lists) if crl.sha256 not in here]
        until = max((_affordable(crl, kept.get(crl.issuer), now) for crl in new), default=now)
        hurried = needed.revoked or needed.until is None or needed.until < until + _MARGIN
        return None if until <= now or hurried else until

    def _content(self, sha256: str) -> bytes:
        return self._store.evidence.pieces.content(sha256)


def pieces_of(cms: bytes) -> list[Piece]:
    """What a signature carries that others carry too. Raises ContainerError, TrustError."""
    carried = carried_by(cms)
    lists = (read_crl(der) for der in carried.lists)
    return [
        *(Piece(crl.der, crl.issuer, crl.this_update) for crl in lists),
        *(Piece(der) for der in carried.certificates),
    ]


def room_for(signatures: Sequence[object]) -> int:
    """How large each signature of a package may become, so that every reader takes the file of all of them."""
    return MAX_SIGNATURES_BYTES // max(1, len(signatures))


def waiting_in_words(until: datetime) -> str:
    """Why a package with time-stamps gets its lists later."""
    day = local_day(instant(until))
    return (
        f"Danh sách thu hồi của nơi cấp rất lớn nên máy chỉ giữ bản mới theo đợt. Đã có dấu thời gian; máy đính danh "
        f"sách từ ngày {day}."
    )


def _affordable(crl: Crl, held: KeptEvidenceList | None, now: datetime) -> datetime:
    if held is None:
        return now
    wait = min(LONGEST_WAIT, timedelta(days=len(crl.der) / BYTES_A_DAY))
    return datetime.fromisoformat(held.at) + wait
