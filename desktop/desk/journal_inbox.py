"""The sync thread's SealSink (desktop/sync/journal.py): seals at the end of a pass, keeps what the Treasury signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from desktop.desk.errors import DeskError
from desktop.desk.journal_countersigns import read_countersign
from desktop.desk.journal_sealing import seal_journal, sealing
from desktop.dossier.dates import instant
from desktop.store.seals import Seal
from desktop.store.store import Store
from desktop.sync.journal import SealToTell
from desktop.sync.protocol import Head, SignedStatement

EVERY = timedelta(minutes=10)
FORKED = "journal_forked"
"""Journal action: the Treasury said that it knows another journal of this machine."""


class JournalInbox:
    """Works on the journal of one open store."""

    def __init__(self, store: Store, keys: Mapping[str, str], clock: Callable[[], datetime]) -> None:
        self._store = store
        self._keys = keys
        self._clock = clock

    def seal(self) -> None:
        """See SealSink: when entries came since the last seal, ten minutes after it or when the clock was put back."""
        last = self._store.seals.last()
        if last is None or (self._store.seals.head()[0] > last.seq and self._due(last.at)):
            seal_journal(self._store, "sync")

    def waiting(self) -> SealToTell | None:
        """See SealSink."""
        by = sealing(self._store)
        seal = by and self._store.seals.uncountersigned(by.device_id)
        if not seal:
            return None
        seq, digest = self._store.seals.countersigned_head(seal.device_id)
        return SealToTell(seal.seal_id, seal.text, seal.signature, Head(seq=seq, hash=digest))

    def keep(self, seal: SealToTell, statement: SignedStatement) -> str | None:
        """See SealSink; a fork is kept in the journal too. Raises StatementError, DeskError bad_countersign."""
        kept = self._kept(seal.seal_id)
        told = read_countersign(statement, self._keys)
        if (told.unit, told.device, told.seq, told.hash) != (kept.unit_code, kept.device_id, kept.seq, kept.hash):
            raise DeskError("bad_countersign", "Kho bạc ký xác nhận cho một niêm phong khác. Máy sẽ hỏi lại.")
        with self._store.transaction():
            fresh = self._store.seals.keep(seal.seal_id, statement.model_dump_json(), statement.payload.encode())
            if not fresh or told.known != "forked":
                return None
            self._store.journal.append("", FORKED, None, f"{told.seq} {told.last.seq}")
        return (
            f"Kho bạc đã xác nhận một nhật ký khác của máy này đến mục {told.last.seq}. "
            "Nếu vừa khôi phục bản sao lưu thì không sao; nếu không, xem «vungxa journal verify»."
        )

    def _kept(self, seal_id: int) -> Seal:
        found = self._store.seals.get(seal_id)
        if found is None:
            raise DeskError("bad_countersign", "Niêm phong này không còn trên máy. Chạy «vungxa journal verify».")
        return found

    def _due(self, last: str) -> bool:
        now = self._clock()
        return not instant(now - EVERY) < last <= instant(now)
