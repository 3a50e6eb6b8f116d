"""Holds a journal against the heads the gateway countersigned: finds an older copy put in place of the newer store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.desk.journal_seals import fork_finding
from desktop.dossier.journal_views import Finding
from desktop.store.store import Store
from desktop.sync.protocol import JournalHead


def judge_heads(
    store: Store, heads: Sequence[JournalHead], last: int, restores: Sequence[int], *, broken: bool
) -> Iterator[Finding]:
    """Yield what speaks against a journal of `last` entries; `heads` newest first, as the gateway gives them.

    A head is explained when a backup was put back at or before its entry and this journal told nothing newer before it:
    then it is of the time before. `broken`: something was found already that explains heads that do not fit.
    """
    went_on, forked = 0, False
    for head in reversed(heads):
        fits = store.journal.hash_of(head.seq) == head.hash
        if fits:
            went_on = head.seq
            continue
        forked |= head.known == "forked"
        if any(went_on < at <= head.seq for at in restores):
            yield fork_finding(went_on + 1, head, explained=True)
        elif head.seq > last and not forked:
            yield Finding(
                "cut", last + 1,
                f"Kho bạc đã xác nhận nhật ký này đến mục {head.seq} nhưng máy chỉ còn đến mục {last}. "
                "Dữ liệu có thể là bản cũ chép đè.",
            )  # fmt: skip
        elif not broken:
            yield fork_finding(went_on + 1, head, explained=False)
