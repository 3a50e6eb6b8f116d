"""How the money is handed over: to an account or in cash, never both."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.document import Level
from desktop.dossier.fold import fold
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.subject import Subject

TRANSFER = ("payee_name", "payee_account", "payee_bank")
CASH = ("cash_recipient_name", "cash_recipient_id_no", "cash_recipient_id_date", "cash_recipient_id_place")
LISTS = ("M20", "M21")
_MISSING = ("R-068", "required")
_ARTICLE = "NĐ 347/2025/NĐ-CP Điều 6.2.b"


def list_attached(subject: Subject) -> bool:
    """Tell whether a list goes with the document: by the preparer's word, or one that quotes no other voucher."""
    if subject.document.flags.get("list_attached", False):
        return True
    number = subject.text("document_no")
    others = {item.text("document_no") for item in subject.siblings if item.form.is_money_transfer_voucher}
    quoted = [item.text("parent_voucher_no") for item in subject.siblings if item.form.id in LISTS]
    return any(item == number or item not in others for item in quoted)


@document_rule(Level.ERROR, "Mẫu 13, 14, 17, 19", "M13-7", "M14-12", "M17-7", "M19-4", covers=("R-068",))
def one_way(subject: Subject) -> Iterator[Finding]:
    """The payee's block for a transfer, the recipient's for cash; the other one stays empty."""
    mode = subject.text("payment_mode")
    if mode == "transfer":
        yield from _forbidden(subject, CASH, "Chuyển khoản")
        yield from _payee(subject, "Đã chọn Chuyển khoản nhưng ô")
    elif mode == "cash":
        yield from _forbidden(subject, (*TRANSFER, "payee_tax_code"), "Tiền mặt")
        yield from _missing(subject, CASH, "Đã chọn Tiền mặt nhưng ô", "")


@document_rule(Level.ERROR, "Mẫu 18", "M18-9", covers=("R-068",))
def only_transfer(subject: Subject) -> Iterator[Finding]:
    """Cash on a payment order that has no room for it, or a transfer without its payee."""
    for key in subject.filled("payment_mode", *CASH):
        if key != "payment_mode" or subject.text(key) == "cash":
            message = "Ủy nhiệm chi kèm nộp ngân sách không chi tiền mặt. Bỏ ô này, hoặc lập riêng Ủy nhiệm chi Mẫu 17."
            yield Finding(message, field=key)
    yield from _payee(subject, "Ô")


def _payee(subject: Subject, start: str) -> Iterator[Finding]:
    """Name what is missing of the payee, unless a list names the payees or all of it goes to the budget."""
    totals = subject.computed.totals
    all_remitted = totals.get("lines.remit_amount", 0) > 0 and totals["lines.payee_amount"] == 0
    if not all_remitted and not list_attached(subject):
        yield from _missing(subject, TRANSFER, start, " Nhiều người nhận thì kèm danh sách Mẫu số 20.")


def _missing(subject: Subject, keys: tuple[str, ...], start: str, hint: str) -> Iterator[Finding]:
    for key in subject.empty(*keys):
        yield Finding(f"{start} {subject.name(key)} còn trống. Điền ô này.{hint}", field=key, also=_MISSING)


def _forbidden(subject: Subject, keys: tuple[str, ...], mode: str) -> Iterator[Finding]:
    for key in subject.filled(*(key for key in keys if key in subject.form.fields_by_key)):
        yield Finding(f"Đã chọn {mode} nên ô {subject.name(key)} phải để trống. Xóa ô này.", field=key)


@document_rule(Level.ERROR, "NĐ 347/2025/NĐ-CP Điều 6.3.a", "R-039", forms=("M13", "M14", "M17", "M18", "M19"))
def several_payees(subject: Subject) -> Iterator[Finding]:
    """A transfer to several people that points at a list which is not in the dossier."""
    if subject.context.siblings is None or subject.text("payment_mode") == "cash" or list_attached(subject):
        return
    if "danh sach" in fold(subject.text("payee_name")):
        message = "Chuyển khoản cho nhiều người mà hồ sơ chưa có danh sách. Thêm danh sách Mẫu số 20."
        yield Finding(message, field="payee_name")


@document_rule(Level.WARNING, _ARTICLE, "R-051", forms=("M14", "M15", "M17", "M19"))
@document_rule(Level.WARNING, _ARTICLE, "M13-10", covers=("R-051",))
def cash(subject: Subject) -> Iterator[Finding]:
    """Cash, which the rules on cash payment allow only in some cases; the amounts are not written in the decree."""
    if subject.text("payment_mode") == "cash":
        message = "Khoản chi bằng tiền mặt phải thuộc trường hợp được phép. Xem lại, hoặc chọn Chuyển khoản."
        yield Finding(message, field="payment_mode")


@document_rule(Level.WARNING, "Mẫu 08, 13, 14, 17", "R-023", forms=("M08", "M13", "M14", "M17"))
def recipient_signs(subject: Subject) -> Iterator[Finding]:
    """Cash vouchers also carry the signature of whoever receives or pays in the cash."""
    if subject.text("payment_mode") == "cash":
        who, key = ("nộp", "payer_person") if subject.form.id == "M08" else ("nhận", "cash_recipient_name")
        message = f"Chứng từ tiền mặt còn cần chữ ký của người {who} tiền. Hỏi Kho bạc cách ký trước khi gửi."
        yield Finding(message, field=key)


@document_rule(Level.ERROR, "NĐ 347/2025/NĐ-CP Điều 4.2.b", "R-052", forms=("M01", "M02", "M03"))
def no_cash_at_treasury(subject: Subject) -> Iterator[Finding]:
    """Cash paid into the budget at the Treasury itself, which takes none."""
    places = (subject.text("receiving_institution"), subject.text("debit_bank"))
    if subject.text("payment_mode") == "cash" and any(is_treasury(place) for place in places):
        message = "Kho bạc không thu tiền mặt nộp ngân sách. Nộp tại ngân hàng ủy nhiệm thu, hoặc chọn Chuyển khoản."
        yield Finding(message, field="payment_mode")


def is_treasury(place: str) -> bool:
    """Tell whether a place is an office of the Treasury by its name."""
    words = fold(place)
    return "kho bac" in words or words.startswith("kbnn")
