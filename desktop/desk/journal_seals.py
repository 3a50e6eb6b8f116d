"""Examines the seals of a journal: what they say against the chain, and the Treasury's signatures under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pydantic import ValidationError

from desktop.desk.journal_countersigns import read_countersign
from desktop.desk.journal_sealing import sealing
from desktop.dossier.errors import VungXaError
from desktop.dossier.journal_views import Finding
from desktop.signing.device import verify_text
from desktop.store.seals import Seal
from desktop.store.store import Store
from desktop.sync.protocol import JournalHead, SignedStatement


class SealsExamined(NamedTuple):
    """Up to which entry seals, and seals that the Treasury signed, fit the chain; and what does not fit."""

    sealed: int
    countersigned: int
    findings: tuple[Finding, ...]


def examine_seals(
    store: Store, keys: Mapping[str, str], last: int, broken_at: int | None, restores: Sequence[int]
) -> SealsExamined:
    """Hold every seal against the chain of `last` entries, which by itself breaks first at `broken_at`."""
    examiner = _Examiner(store, keys, last, broken_at, restores)
    findings = [finding for seal in store.seals.all() for finding in examiner.judge(seal)]
    return SealsExamined(examiner.sealed, examiner.countersigned, (*findings, *examiner.ends(store)))


class _Examiner:
    """Walks along the seals and remembers the last good ones."""

    def __init__(
        self, store: Store, keys: Mapping[str, str], last: int, broken_at: int | None, restores: Sequence[int]
    ) -> None:
        self._own = sealing(store)
        self._keys = keys
        self._last = last
        self._broken_at = broken_at
        self._restores = restores
        self._number = self._seq = 0
        self._rewritten = False
        self._unsigned: list[Seal] = []
        self.sealed = self.countersigned = 0

    def judge(self, seal: Seal) -> Iterator[Finding]:
        """Yield what is wrong with the next seal."""
        if seal.seal_id != self._number + 1:
            yield _missing_seal(self._number + 1, seal.seal_id - 1, self.sealed)
        self._number = seal.seal_id
        if seal.seq < self._seq or not self._is_own(seal):
            yield Finding("seal", max(1, seal.seq), f"Niêm phong số {seal.seal_id} không phải của máy này.")
        else:
            self._seq = seal.seq
            yield from self._against_chain(seal.seq, seal.hash, seal.entry_hash)
            self.sealed = max(self.sealed, seal.seq) if seal.entry_hash == seal.hash else self.sealed
        if seal.statement is None:
            self._unsigned.append(seal)
        else:
            yield from self._countersign(seal, seal.statement)

    def ends(self, store: Store) -> Iterator[Finding]:
        """Yield what is missing behind the last seal."""
        if (made := store.seals.highest_id()) > self._number:
            yield _missing_seal(self._number + 1, made, self.sealed)

    def _is_own(self, seal: Seal) -> bool:
        """Seals of a registration before this one are held against the key they name."""
        own = self._own
        if own is not None and own.device_id == seal.device_id and own.public_key != seal.public_key:
            return False
        try:
            verify_text(seal.text, seal.signature, "journal", seal.public_key)
        except VungXaError:
            return False
        return True

    def _against_chain(self, seq: int, sealed: str, entry_hash: str | None) -> Iterator[Finding]:
        """Tell what a seal tells of the chain: cut off before it, or written anew. A break told already is enough."""
        if entry_hash == sealed or self._rewritten or (self._broken_at is not None and self._broken_at <= seq):
            return
        self._rewritten = True
        if seq > self._last:
            yield Finding(
                "cut", self._last + 1, f"Nhật ký từng được niêm phong đến mục {seq}, nay chỉ còn đến mục {self._last}."
            )
            return
        first = min(self.sealed, seq - 1) + 1
        yield Finding(
            "edit", first, f"Từ mục {first} đến mục {seq} có mục bị sửa, thêm hoặc bớt: không khớp với niêm phong."
        )

    def _countersign(self, seal: Seal, statement: str) -> Iterator[Finding]:
        yield from self._unsigned_before(seal)
        told = self._read(statement)
        if told is None:
            if self._own is None or self._own.device_id == seal.device_id:
                yield Finding("countersign", seal.seq, f"Chữ ký xác nhận của Kho bạc ở mục {seal.seq} không đúng.")
            return
        if (told.unit, told.device, told.seq) != (seal.unit_code, seal.device_id, seal.seq):
            yield Finding(
                "countersign",
                seal.seq,
                f"Chữ ký xác nhận ở mục {seal.seq} là của một niêm phong khác (mục {told.seq}).",
            )
            return
        if told.known == "forked":
            yield self._fork(told)
        if seal.entry_hash != told.hash:
            self.sealed = min(self.sealed, self.countersigned)
            yield from self._against_chain(told.seq, told.hash, seal.entry_hash)
        else:
            self.countersigned = max(self.countersigned, told.seq)

    def _unsigned_before(self, seal: Seal) -> Iterator[Finding]:
        """Seals are told oldest first: where a later one is countersigned, an earlier one was too."""
        for one in self._unsigned:
            if one.device_id == seal.device_id:
                yield Finding(
                    "countersign",
                    one.seq,
                    f"Niêm phong ở mục {one.seq} mất chữ ký xác nhận của Kho bạc, dù mục sau còn.",
                )
        self._unsigned.clear()

    def _fork(self, told: JournalHead) -> Finding:
        return fork_finding(
            self.countersigned + 1, told, explained=any(self.countersigned < at <= told.seq for at in self._restores)
        )

    def _read(self, statement: str) -> JournalHead | None:
        try:
            return read_countersign(SignedStatement.model_validate_json(statement), self._keys)
        except (VungXaError, ValidationError):
            return None


def fork_finding(seq: int, told: JournalHead, *, explained: bool) -> Finding:
    """Say that the Treasury knows another continuation of this journal from entry `seq` on."""
    if explained:
        return Finding(
            "restore", seq, f"Từ mục {seq} nhật ký đi tiếp từ dữ liệu đã khôi phục; Kho bạc còn giữ nhánh cũ."
        )
    return Finding(
        "fork", seq,
        f"Kho bạc biết một nhật ký khác của máy này từ mục {seq} (đến mục {max(told.seq, told.last.seq)}). "
        "Có hai bản dữ liệu cùng được dùng, hoặc bản cũ được chép đè lên bản mới.",
    )  # fmt: skip


def _missing_seal(first: int, last: int, sealed: int) -> Finding:
    which = f"số {first}" if first == last else f"số {first} đến {last}"
    return Finding("seal", sealed + 1, f"Mất niêm phong {which}, sau mục {sealed}.")
