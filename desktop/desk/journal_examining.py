"""Examines a journal: its chain, this machine's seals, the Treasury's signatures, and what the gateway was told.

Whoever has the store open can write a new chain and seal it anew, for the machine's key lies in the store. They cannot
make the Treasury's signatures, so an edit before the last countersigned entry always shows (docs/journal.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from desktop.desk.journal_heads import judge_heads
from desktop.desk.journal_seals import SealsExamined, examine_seals
from desktop.dossier.journal_views import Finding, JournalReport
from desktop.store.journal import Break, Chain
from desktop.store.store import Store
from desktop.sync.protocol import JournalHead

MOST = 50
"""Findings told; whoever tampered with more has been found out."""
_BROKEN = frozenset({"edit", "gap", "cut"})
"""What explains by itself that the Treasury knows other hashes."""
_GONE_BACK = frozenset({"restore", "salvage"})
"""Journal actions of a backup put back and of data salvaged: they explain why the Treasury knows more or otherwise."""


class ChainExamined(NamedTuple):
    """The chain by itself: last number and hash, where it breaks, the entries that tell of a backup put back."""

    last: int
    hash: str
    breaks: tuple[Break, ...]
    restores: tuple[int, ...]


def examine(store: Store, keys: Mapping[str, str], heads: Sequence[JournalHead] | None = None) -> JournalReport:
    """Examine the whole journal, a page in memory at a time; takes seconds for a hundred thousand entries.

    `keys` are the Treasury's statement keys (key id to raw key in base64), `heads` what the gateway countersigned for
    this machine, newest first, as far as it was asked. Raises StoreError when the file itself cannot be read.
    """
    chain = examine_chain(store)
    seals = examine_seals(store, keys, chain.last, chain.breaks[0].seq if chain.breaks else None, chain.restores)
    found = [_said(broken) for broken in chain.breaks] + list(seals.findings)
    if heads is not None:
        broken = any(finding.kind in _BROKEN for finding in found)
        found += judge_heads(store, heads, chain.last, chain.restores, broken=broken)
    return JournalReport(chain.last, *_vouched(seals, chain), _distinct(found), chain.hash)


def examine_chain(store: Store) -> ChainExamined:
    """Walk the chain from the first entry to the last."""
    chain, breaks, restores = Chain(), list[Break](), list[int]()
    for link in store.journal.links():
        found = chain.breaks(link)
        breaks += found if len(breaks) < MOST else ()
        if link.entry.action in _GONE_BACK:
            restores.append(link.entry.seq)
    breaks += chain.ends(store.journal.head())
    return ChainExamined(chain.last, chain.hash, tuple(breaks), tuple(restores))


def _vouched(seals: SealsExamined, chain: ChainExamined) -> tuple[int, int]:
    """Nothing is vouched for from the first break on."""
    sound = chain.breaks[0].seq - 1 if chain.breaks else chain.last
    return min(seals.sealed, sound), min(seals.countersigned, sound)


def _said(broken: Break) -> Finding:
    if broken.kind == "edit":
        return Finding("edit", broken.seq, f"Mục {broken.seq} bị sửa sau khi ghi.")
    many = broken.until - broken.seq + 1
    if broken.kind == "gap":
        return Finding("gap", broken.seq, f"Mất {many} mục kể từ mục {broken.seq}.")
    return Finding("cut", broken.seq, f"Cuối nhật ký bị cắt {many} mục, kể từ mục {broken.seq}.")


def _distinct(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Tell each thing once, the first entry concerned first."""
    first: dict[tuple[str, int], Finding] = {}
    for finding in found:
        first.setdefault((finding.kind, finding.seq), finding)
    return tuple(sorted(first.values(), key=lambda finding: finding.seq)[:MOST])
