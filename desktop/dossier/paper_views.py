"""What only others write and the unit reads: receipts, notices of refusal, refunds (NĐ 347/2025 Điều 4, 5, 6.2.k)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from desktop.dossier.document import Document
from desktop.dossier.fold import fold
from desktop.dossier.money import format_vnd


@dataclass(frozen=True)
class PaperView:
    """One paper as the list shows it; `document` is None when it cannot be read, then `title` says so.

    `form` is the form's id, `short` its short name, `number` the paper's own, `who` who made it out, `text` what it is
    about, `amount` VND.
    `local_id` and `dossier_no` name the dossier it is about, "" for none.
    """

    seq: int
    at: str
    form: str
    title: str
    short: str
    number: str
    who: str
    text: str
    amount: int
    pack: str = ""
    local_id: str = ""
    dossier_no: str = ""
    document: Document | None = None


class RefundStep(NamedTuple):
    """One word of the Treasury about a refund."""

    at: str
    status: str
    label: str
    reason: str


@dataclass(frozen=True)
class RefundView:
    """One refund of revenue by its order, as it stands now; `steps` tell how it came there, the newest first."""

    order_no: str
    order_date: str
    amount: int
    status: str
    label: str
    colour: str
    at: str
    credited_at: str
    payee: str
    account: str
    content: str
    reason: str
    steps: tuple[RefundStep, ...] = ()


REFUND_LABELS: dict[str, tuple[str, str]] = {
    "received": ("Kho bạc đã nhận lệnh", "teal"),
    "booked": ("Đã hạch toán hoàn trả", "blue"),
    "credited": ("Đã có tiền", "green"),
    "failed": ("Chưa chuyển được", "red"),
}
"""What each status of a refund is called, and its colour."""


@dataclass(frozen=True)
class NoticeRow:
    """One line of «Giấy từ Kho bạc»: a paper, or a refund as it stands; one of `paper` and `refund` is set."""

    at: str
    kind: str
    number: str
    who: str
    text: str
    amount: int
    status: str
    colour: str
    paper: PaperView | None = None
    refund: RefundView | None = None


SORTS: dict[str, Callable[[NoticeRow], str | int]] = {
    "at": lambda row: row.at,
    "kind": lambda row: fold(row.kind),
    "number": lambda row: row.number,
    "who": lambda row: fold(row.who),
    "text": lambda row: fold(row.text),
    "amount": lambda row: row.amount,
    "status": lambda row: fold(row.status),
}
"""What the list can be sorted by."""


def notice_rows(
    papers: Iterable[PaperView],
    refunds: Iterable[RefundView],
    text: str = "",
    sort: str = "at",
    *,
    descending: bool = True,
) -> list[NoticeRow]:
    """Return papers and refunds as one list; every word of `text` must stand somewhere, diacritics do not count."""
    rows = [*map(_of_paper, papers), *map(_of_refund, refunds)]
    words = fold(text).split()
    found = [row for row in rows if all(word in _searched(row) for word in words)]
    return sorted(found, key=SORTS[sort], reverse=descending)


def _of_paper(paper: PaperView) -> NoticeRow:
    about = f"Hồ sơ {paper.dossier_no}" if paper.dossier_no else ""
    kind = f"{paper.short} (Mẫu {paper.form[1:]})" if paper.document is not None else paper.title
    return NoticeRow(paper.at, kind, paper.number, paper.who, paper.text, paper.amount, about, "slate", paper=paper)


def _of_refund(refund: RefundView) -> NoticeRow:
    kind, text = "Hoàn trả thu ngân sách", refund.content or refund.payee
    values = (refund.order_no, refund.payee, text, refund.amount, refund.label, refund.colour)
    return NoticeRow(refund.at, kind, *values, refund=refund)


def _searched(row: NoticeRow) -> str:
    spoken = format_vnd(row.amount)
    return fold(" ".join((row.kind, row.number, row.who, row.text, row.status, spoken, str(row.amount))))
