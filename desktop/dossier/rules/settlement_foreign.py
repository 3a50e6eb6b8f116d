"""Settling what was advanced in foreign money (Mẫu 11) or booked in and out (Mẫu 12)."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.compute import foreign, money
from desktop.dossier.document import Level
from desktop.dossier.money import format_foreign, format_vnd
from desktop.dossier.rules.registry import Finding, document_rule, dossier_rule
from desktop.dossier.rules.subject import Subject, Whole

_STORIES = {
    "advance_to_actual": ("advance", "actual"),
    "prefunding_unqualified_to_qualified": ("prefunding_unqualified", "prefunding_qualified"),
}
_WITHDRAWALS = ("M15", "M19")
_GRANT_CASES = ("P3-c",)


@document_rule(Level.ERROR, "Mẫu 11", "M11-1", covers=("R-087",))
def one_story(subject: Subject) -> Iterator[Finding]:
    """Boxes that tell different stories: an advance becomes spending, prefunding becomes qualified."""
    story = _STORIES.get(subject.text("conversion"))
    for key, wanted in zip(("from_kind", "to_kind"), story or (), strict=False):
        if subject.text(key) and subject.text(key) != wanted:
            label = subject.form.choices_by_key[key].labels[wanted]
            yield Finding(f"Ô này không khớp với việc đề nghị đã chọn ở đầu mẫu. Chọn «{label}».", field=key)


@document_rule(Level.WARNING, "Mẫu 11; NĐ 347/2025/NĐ-CP Điều 6.2.e", "M11-5", covers=("R-082",))
def within_advance(subject: Subject) -> Iterator[Finding]:
    """More foreign money settled and paid back than was advanced, with no further withdrawal beside it."""
    sums = dict.fromkeys(("advanced_fc", "returned_fc", "requested_fc"), 0)
    for _, row in subject.rows():
        for key in sums:
            sums[key] += foreign(row.get(key))
    over = sums["requested_fc"] + sums["returned_fc"] - sums["advanced_fc"]
    if over > 0 and not any(other.form.id in _WITHDRAWALS for other in subject.siblings):
        message = (
            f"Số thanh toán và nộp trả nhiều hơn số tạm ứng {format_foreign(over)}. "
            "Xem lại, hoặc kèm giấy rút ngoại tệ cho phần chênh lệch."
        )
        yield Finding(message, table="lines", column="requested_fc")


@document_rule(Level.WARNING, "Mẫu 11", "R-088", forms=("M11",))
def withdrawal_known(subject: Subject) -> Iterator[Finding]:
    """A withdrawal quoted as the advance that neither the book nor the dossier has."""
    number, ledger = subject.text("fc_withdrawal_no"), subject.context.ledger
    beside = {other.text("document_no") for other in subject.siblings if other.form.id in _WITHDRAWALS}
    if number and ledger and number not in beside and not ledger.posted(number):
        message = f"Sổ của đơn vị chưa có giấy rút ngoại tệ số {number[:40]} đã thanh toán. Xem lại số."
        yield Finding(message, field="fc_withdrawal_no")


@document_rule(Level.WARNING, "Mẫu 12", "M12-1")
def within_balance(subject: Subject) -> Iterator[Finding]:
    """A line that asks for more than its balance."""
    for index, row in subject.rows():
        over_vnd = money(row.get("requested_vnd")) - money(row.get("balance_vnd"))
        over = foreign(row.get("requested_fc")) - foreign(row.get("balance_fc"))
        if over_vnd > 0 and row.get("balance_vnd") is not None:
            message = f"Dòng {index + 1}: số đề nghị nhiều hơn số dư {format_vnd(over_vnd)} đ. Xem lại hai số."
            yield Finding(message, table="lines", row=index, column="requested_vnd")
        elif over > 0 and row.get("balance_fc") is not None:
            message = f"Dòng {index + 1}: số nguyên tệ đề nghị nhiều hơn số dư {format_foreign(over)}. Xem lại hai số."
            yield Finding(message, table="lines", row=index, column="requested_fc")


@document_rule(Level.WARNING, "Mẫu 12", "M12-2")
def agreement_quoted(subject: Subject) -> Iterator[Finding]:
    """Neither a loan agreement nor a grant agreement is quoted."""
    if not subject.filled("loan_agreement_no", "grant_agreement_no"):
        message = "Chưa ghi số hiệp định vay hoặc hiệp định tài trợ. Ghi ít nhất một số."
        yield Finding(message, field="loan_agreement_no")


@dossier_rule("M12-3", Level.ERROR, "NĐ 347/2025/NĐ-CP Điều 6.3.c")
def only_with_grants(whole: Whole) -> Iterator[Finding]:
    """Mẫu 12 in a dossier of recurrent spending that is no cash grant with an account at the Treasury."""
    case = whole.dossier.case
    if whole.dossier.procedure != "P3" or not case.startswith("P3-") or case in _GRANT_CASES:
        return
    for index, subject in enumerate(whole.subjects):
        if subject.form.id == "M12":
            message = (
                "Mẫu 12 chỉ dùng cho viện trợ bằng tiền có tài khoản tại Kho bạc. Đổi loại hồ sơ, hoặc bỏ mẫu này."
            )
            yield Finding(message, document=index)
