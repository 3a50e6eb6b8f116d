"""Derive a dossier's state from facts, so that a state is never stored and can never disagree with what happened.

Labels, icons and colours follow the design's state vocabulary: the label alone must suffice.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """The closed list of places a dossier can be in."""

    DRAFT = "draft"
    TO_SIGN = "to_sign"
    SEALED = "sealed"
    SENDING = "sending"
    DOUBTFUL = "doubtful"
    SENT = "sent"
    PAPER = "paper"
    ACCEPTED = "accepted"
    SUPPLEMENT = "supplement"
    RETURNED = "returned"
    PAID = "paid"
    CANCELLED = "cancelled"
    REFUSED = "refused"


@dataclass(frozen=True)
class Facts:
    """What is known of one dossier; every field is a count or a record, none is a state.

    `steps` and `signed` count signatures asked for and made; `progress` is the sent share, 0 to 1; `decision` is a
    DecisionKind of the wire ("in_control", "paid", "returned", "supplement", "mismatch") and `reason` its text, `case`
    the case whose good end "paid" is ("P7-d"). `on_paper` is why it was handed in on paper, None when it was not.
    `away` tells that it was handed to another machine for signatures, `guest` that it lives there and is here to be
    signed only; `other_machine` names that machine, "" where it is not known.
    """

    errors: int = 0
    submitted: bool = False
    steps: int = 0
    signed: int = 0
    package_id: str | None = None
    queued: bool = False
    paused: bool = False
    sending: bool = False
    progress: float = 0.0
    doubtful: bool = False
    receipt_no: str | None = None
    decision: str | None = None
    case: str = ""
    reason: str = ""
    refused_code: str | None = None
    refused_message: str = ""
    cancelled: bool = False
    on_paper: str | None = None
    away: bool = False
    guest: bool = False
    other_machine: str = ""


@dataclass(frozen=True)
class Status:
    """A state as people see it: Vietnamese `label`, Lucide `icon`, and who moves next ("" for nobody)."""

    state: State
    label: str
    icon: str
    colour: str
    next_actor: str = ""
    detail: str = ""


_SIGNERS = ("người lập", "KTT", "chủ TK")
_SIGNER_NAMES = {"người lập": "Người lập", "KTT": "Kế toán trưởng", "chủ TK": "Chủ tài khoản"}

DECISIONS = {
    "paid": Status(State.PAID, "Đã thanh toán", "circle-check", "green"),
    "returned": Status(State.RETURNED, "Kho bạc trả lại", "corner-up-left", "red", "Người lập"),
    "mismatch": Status(State.RETURNED, "Không khớp đúng", "scale", "red", "Người lập"),
    "supplement": Status(State.SUPPLEMENT, "Kho bạc yêu cầu bổ sung", "message-square-warning", "red", "Người lập"),
    "in_control": Status(State.ACCEPTED, "Kho bạc kiểm soát", "landmark", "teal", "Kho bạc"),
}
"""Every decision this program knows, as it is shown; one of a later version changes no state."""


_ACCEPTED = {
    "P1": "Đã nộp ngân sách",
    "P3-d": "Đã tạm cấp",
    "P3-e": "Đã nhận nộp trả",
    "P3-f": "Đã điều chỉnh",
    "P4": "Đã ghi thu, ghi chi",
    "P5": "Đã đăng ký",
    "P6": "Đã tất toán",
    "P7": "Đã đối chiếu khớp",
    "P8-15": "Đã nhận nộp trả",
    "P8-16": "Đã điều chỉnh",
    "P9-1": "Đã xác nhận",
}
"""What "accepted" is called, by case or procedure; everything else is paid (procedures.json, results)."""


def project(facts: Facts) -> Status:
    """Return the one state the facts amount to; the latest fact in a dossier's life wins.

    A receipt outweighs every doubt about sending, and a decision outweighs the receipt.
    """
    if facts.decision is not None:
        return _decided(facts)
    if facts.receipt_no is not None:
        return DECISIONS["in_control"]
    if facts.refused_code is not None:
        return Status(
            State.REFUSED,
            "Cổng không nhận",
            "circle-x",
            "red",
            "Người lập",
            facts.refused_message or facts.refused_code,
        )
    if facts.cancelled:
        return Status(State.CANCELLED, "Đã hủy", "ban", "slate", detail=facts.reason)
    if facts.package_id is not None:
        return _on_the_way(facts)
    if facts.on_paper is not None:
        return Status(State.PAPER, "Đã nộp giấy", "printer", "teal", "Kho bạc", facts.on_paper)
    return _to_sign(facts) if facts.submitted else _draft(facts.errors)


def _decided(facts: Facts) -> Status:
    known = DECISIONS.get(facts.decision or "", DECISIONS["in_control"])
    label = accepted_label(facts.case) if known.state is State.PAID else known.label
    reason = f"Lần duy nhất: {facts.reason}" if known.state is State.SUPPLEMENT else facts.reason
    return Status(known.state, label, known.icon, known.colour, known.next_actor, reason)


def accepted_label(case: str) -> str:
    """Say what became of a dossier of a case when the Treasury accepted it: «Đã thanh toán», «Đã đăng ký»…"""
    return _ACCEPTED.get(case) or _ACCEPTED.get(case.partition("-")[0]) or DECISIONS["paid"].label


def _on_the_way(facts: Facts) -> Status:
    if facts.doubtful:
        detail = "Mạng đứt trước khi có trả lời. Máy hỏi lại Kho bạc trước khi gửi tiếp."
        return Status(State.DOUBTFUL, "Chưa rõ kết quả", "circle-help", "amber", "máy, khi có mạng", detail)
    if facts.sending:
        percent = int(min(max(facts.progress, 0.0), 1.0) * 100)
        return Status(State.SENDING, f"Đang gửi {percent} %", "upload", "blue", "máy")
    if facts.queued:
        actor = "bạn: bấm gửi tiếp" if facts.paused else "máy, khi có mạng"
        return Status(
            State.SEALED, "Sẵn sàng gửi", "package-check", "blue", actor, "Đang tạm dừng gửi" if facts.paused else ""
        )
    return Status(State.SENT, "Chờ biên nhận", "hourglass", "teal", "Kho bạc")


def _to_sign(facts: Facts) -> Status:
    detail = f"Đã ký {facts.signed}/{facts.steps}"
    if facts.away or (facts.guest and facts.signed >= facts.steps):
        return _elsewhere(facts, detail)
    if facts.signed >= facts.steps:
        return Status(State.SEALED, "Sẵn sàng gửi", "package-check", "blue", "máy, khi có mạng")
    # Signers come in one order; a form without a preparer starts at the chief accountant.
    left = facts.steps - facts.signed
    signer = _SIGNERS[-left] if left <= len(_SIGNERS) else _SIGNERS[0]
    detail += f", hồ sơ của máy {facts.other_machine}" if facts.guest else ""
    return Status(State.TO_SIGN, f"Chờ {signer} ký", "pen-line", "violet", _SIGNER_NAMES[signer], detail)


def _elsewhere(facts: Facts, detail: str) -> Status:
    """Waiting for another machine, or for the file that brings it back there."""
    if not facts.guest:
        return Status(State.TO_SIGN, "Đang ở máy khác ký", "usb", "violet", "máy khác", detail)
    home = f"{detail}, hồ sơ của máy {facts.other_machine}"
    if facts.away:
        return Status(State.TO_SIGN, "Đã chuyển lại", "usb", "slate", f"máy {facts.other_machine}", home)
    return Status(State.TO_SIGN, "Đã ký đủ, cần chuyển lại", "usb", "violet", "bạn: chuyển lại", home)


def _draft(errors: int) -> Status:
    if errors:
        return Status(State.DRAFT, f"Cần sửa: {errors} lỗi", "triangle-alert", "amber", "Người lập")
    return Status(State.DRAFT, "Đang soạn", "pencil-line", "slate", "Người lập")
