"""What only others write and the unit reads: receipts, notices of refusal, refunds (NĐ 347/2025 Điều 4, 5, 6.2.k)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from desktop.dossier.document import Document


@dataclass(frozen=True)
class PaperView:
    """One paper as the list shows it; `document` is None when it cannot be read, then `title` says so.

    `form` is the form's id, `number` the paper's own, `who` who made it out, `text` what it is about, `amount` VND.
    `local_id` and `dossier_no` name the dossier it is about, "" for none.
    """

    seq: int
    at: str
    form: str
    title: str
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
