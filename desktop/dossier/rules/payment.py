"""How the money is handed over: to an account or in cash, never both."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.document import Level
from desktop.dossier.fold import fold
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.subject import Subject

TRANSFER = ("payee_name", "payee_account", "payee_bank")
CASH = ("cash_recipient_name", "cash_recipient_id_no", "cash_recipient_id_date", "cash_recipient_id_place")
LISTS = ("M20",)
_MISSING = ("R-068", "required")
_ARTICLE = "NĐ 347/2025/NĐ-CP Điều 6.2.b"


def list_attached(subject: Subject) -> bool:
    """Tell whether a beneficiary list goes with the document: in its dossier, or by the preparer's word."""
    return subject.document.flags.get("list_attached", False) or any(
        other.form.id in LISTS for other in subject.siblings
    )


@document_rule(Level.ERROR, "Mẫu 13, 17", "M13-7", "M17-7", covers=("R-068",))
def one_way(subject: Subject) -> Iterator[Finding]:
    """The payee's block for a transfer, the recipient's for cash; the other one stays empty."""
    mode = subject.text("payment_mode")
    if mode == "transfer":
        yield from _forbidden(subject, CASH, "Chuyển khoản")
        if not list_attached(subject):
            yield from _missing(subject, TRANSFER, "Chuyển khoản", " Nhiều người nhận thì kèm danh sách Mẫu số 20.")
    elif mode == "cash":
        yield from _forbidden(subject, (*TRANSFER, "payee_tax_code"), "Tiền mặt")
        yield from _missing(subject, CASH, "Tiền mặt", "")


def _missing(subject: Subject, keys: tuple[str, ...], mode: str, hint: str) -> Iterator[Finding]:
    for key in subject.empty(*keys):
        yield Finding(
            f"Đã chọn {mode} nhưng ô {subject.name(key)} còn trống. Điền ô này.{hint}", field=key, also=_MISSING
        )


def _forbidden(subject: Subject, keys: tuple[str, ...], mode: str) -> Iterator[Finding]:
    for key in subject.filled(*keys):
        yield Finding(f"Đã chọn {mode} nên ô {subject.name(key)} phải để trống. Xóa ô này.", field=key)


@document_rule(Level.ERROR, "NĐ 347/2025/NĐ-CP Điều 6.3.a", "R-039", forms=("M13", "M17"))
def several_payees(subject: Subject) -> Iterator[Finding]:
    """A transfer to several people that points at a list which is not in the dossier."""
    if subject.context.siblings is None or subject.text("payment_mode") != "transfer" or list_attached(subject):
        return
    if "danh sach" in fold(subject.text("payee_name")):
        message = "Chuyển khoản cho nhiều người mà hồ sơ chưa có danh sách. Thêm danh sách Mẫu số 20."
        yield Finding(message, field="payee_name")


@document_rule(Level.WARNING, _ARTICLE, "R-051", forms=("M17",))
@document_rule(Level.WARNING, _ARTICLE, "M13-10", covers=("R-051",))
def cash(subject: Subject) -> Iterator[Finding]:
    """Cash, which the rules on cash payment allow only in some cases; the amounts are not written in the decree."""
    if subject.text("payment_mode") == "cash":
        message = "Khoản chi bằng tiền mặt phải thuộc trường hợp được phép. Xem lại, hoặc chọn Chuyển khoản."
        yield Finding(message, field="payment_mode")


@document_rule(Level.WARNING, "Mẫu 13, 17", "R-023", forms=("M13", "M17"))
def recipient_signs(subject: Subject) -> Iterator[Finding]:
    """Cash vouchers also carry the signature of whoever receives the cash."""
    if subject.text("payment_mode") == "cash":
        message = "Chứng từ tiền mặt còn cần chữ ký của người nhận tiền. Hỏi Kho bạc cách ký trước khi gửi."
        yield Finding(message, field="cash_recipient_name")
