"""Registering accounts and specimens (Mẫu 24) and closing accounts (Mẫu 25): who declares what (NĐ 347 Điều 8, 9)."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.compute import money
from desktop.dossier.document import Level
from desktop.dossier.fold import fold
from desktop.dossier.money import format_vnd
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.required import ticks
from desktop.dossier.rules.subject import Subject, is_empty, text_of

CHANGES = ("legal_file_change", "seal_change", "signature_change")
FOUNDING = ("founding_doc_kind", "founding_doc_no", "founding_doc_date", "founding_doc_issuer")
HOLDER = ("holder_appointment_kind", "holder_appointment_no", "holder_appointment_date", "holder_appointment_issuer")
ACCOUNTANT = ("ca_appointment_kind", "ca_appointment_no", "ca_appointment_date", "ca_appointment_issuer")
IDENTITY = ("holder_id_no", "holder_id_date", "holder_id_place")
SEALS = ("seal_1", "seal_2")
_OF_UNITS = ("parent_agency", *FOUNDING, *HOLDER, "chief_accountant", *ACCOUNTANT, *SEALS)
_ACCOUNTS = ("estimate_accounts", "deposit_accounts", "revenue_accounts")
_MOST = {"first_signature": (4, "thứ nhất", "ba"), "second_signature": (3, "thứ hai", "hai")}
_COMMUNE_OFFICE = ("van phong hdnd va ubnd", "van phong hoi dong nhan dan va uy ban nhan dan")
_WHERE_TO = ("chuyen", "nop", "tra")


def ticked(subject: Subject) -> set[str]:
    """Return the boxes ticked in "Đề nghị"."""
    return set(subject.form.choices_by_key["request_kind"].ticked(subject.document.choices.get("request_kind")))


def is_individual(subject: Subject) -> bool:
    """Tell whether the account belongs to a person: identity papers and no code of a unit."""
    return bool(subject.filled(*IDENTITY)) and not subject.text("budget_unit_code")


document_rule(Level.ERROR, "Mẫu 24", "M24-1", covers=("R-069",))(ticks)


@document_rule(Level.WARNING, "Mẫu 24 chú thích 2, 3", "M24-2", covers=("R-121",))
def additional_alone(subject: Subject) -> Iterator[Finding]:
    """An added account ticked together with a change, which makes it a new registration."""
    kinds = ticked(subject)
    if "additional" in kinds and kinds & {"new", *CHANGES}:
        message = (
            "«Đăng ký bổ sung» chỉ dùng khi thêm tài khoản mà không thay đổi gì. Bỏ ô này, đánh dấu «Đăng ký mới»."
        )
        yield Finding(message, field="request_kind")


@document_rule(Level.WARNING, "Mẫu 24 chú thích 2", "R-120", forms=("M24",))
def first_is_new(subject: Subject) -> Iterator[Finding]:
    """An added account although the unit's book knows of none registered before."""
    ledger = subject.context.ledger
    if "additional" in ticked(subject) and ledger is not None and ledger.registered_accounts() == ():
        message = "Đơn vị chưa đăng ký tài khoản nào. Lần đầu đánh dấu «Đăng ký mới»."
        yield Finding(message, field="request_kind")


@document_rule(Level.WARNING, "Mẫu 24", "M24-3")
def reason_of_change(subject: Subject) -> Iterator[Finding]:
    """A change without a reason, or a reason without a change."""
    changes, reason = ticked(subject) & set(CHANGES), subject.text("change_reason")
    if changes and not reason:
        yield Finding("Đã đánh dấu ô thay đổi. Ghi lý do thay đổi.", field="change_reason")
    elif reason and not changes and ticked(subject):
        message = "Lý do thay đổi chỉ ghi khi đánh dấu ô thay đổi. Bỏ lý do, hoặc đánh dấu ô thay đổi."
        yield Finding(message, field="change_reason")


@document_rule(Level.HINT, "Mẫu 24 ghi chú", "M24-4", covers=("R-127",))
def seal_only(subject: Subject) -> Iterator[Finding]:
    """Specimens of signatures or legal data beside a mere change of the seal."""
    if ticked(subject) != {"seal_change"}:
        return
    if any(True for _ in subject.rows(subject.form.tables_by_key["specimens"])):
        yield Finding("Chỉ thay đổi mẫu dấu thì không kèm mẫu chữ ký. Bỏ các dòng này.", table="specimens")
    for key in subject.filled(*FOUNDING, *HOLDER, *ACCOUNTANT)[:1]:
        yield Finding("Chỉ thay đổi mẫu dấu thì không ghi phần thành lập, bổ nhiệm. Bỏ các ô này.", field=key)


@document_rule(Level.HINT, "Mẫu 24 ghi chú", "M24-5", covers=("R-127",))
def reappointment(subject: Subject) -> Iterator[Finding]:
    """Specimens beside a mere change of the legal file, which a re-appointment does not need."""
    rows = subject.rows(subject.form.tables_by_key["specimens"])
    if ticked(subject) == {"legal_file_change"} and (subject.filled(*SEALS) or any(True for _ in rows)):
        message = "Nếu chỉ bổ nhiệm lại thì không đăng ký lại mẫu dấu, mẫu chữ ký. Bỏ phần này nếu đúng vậy."
        yield Finding(message, table="specimens")


@document_rule(Level.WARNING, "Mẫu 24", "M24-6", covers=("R-126",))
def same_specimen(subject: Subject) -> Iterator[Finding]:
    """Specimen (1) and (2) of a signer, or of the seal, that are not one and the same picture."""
    for index, row in subject.rows(subject.form.tables_by_key["specimens"]):
        if text_of(row, "specimen_1") != text_of(row, "specimen_2"):
            message = f"Dòng {index + 1}: hai mẫu chữ ký của một người phải giống nhau. Chọn cùng một ảnh cho cả hai."
            yield Finding(message, table="specimens", row=index, column="specimen_2")
    if subject.text("seal_1") != subject.text("seal_2"):
        yield Finding("Hai mẫu dấu phải giống nhau. Chọn cùng một ảnh cho cả hai.", field="seal_2")


@document_rule(Level.ERROR, "Mẫu 24 chú thích 9, ghi chú; Mẫu 25 chú thích 3", "M24-7", "M25-2", covers=("R-124",))
def person_or_unit(subject: Subject) -> Iterator[Finding]:
    """Identity papers declared by a unit, or blanks of a unit declared by a person."""
    if subject.text("budget_unit_code"):
        for key in subject.filled(*IDENTITY):
            message = f"Ô {subject.name(key)} chỉ ghi với cá nhân. Bỏ trống ô này."
            yield Finding(message, field=key)
    elif is_individual(subject):
        own = [key for key in _OF_UNITS if key in subject.form.fields_by_key]
        for key in subject.filled(*own):
            yield Finding(f"Cá nhân không ghi ô {subject.name(key)}. Bỏ trống ô này.", field=key)


@document_rule(Level.WARNING, "Mẫu 24", "M24-8")
def names_account(subject: Subject) -> Iterator[Finding]:
    """A registration of accounts that names none."""
    named = any(True for key in _ACCOUNTS for _ in subject.rows(subject.form.tables_by_key[key]))
    kinds = ticked(subject)
    if not named and kinds & {"new", "additional"}:
        yield Finding("Chưa có tài khoản nào. Thêm ít nhất một dòng tài khoản đăng ký.", table="estimate_accounts")


@document_rule(Level.WARNING, "Mẫu 24", "specimens", forms=("M24",))
def has_specimens(subject: Subject) -> Iterator[Finding]:
    """A first registration or a change of signatures that names nobody who signs."""
    if ticked(subject) & {"new", "signature_change"} and not any(subject.rows(subject.form.tables_by_key["specimens"])):
        message = "Chưa có ai trong bảng mẫu chữ ký. Thêm người ký chữ ký thứ nhất và thứ hai."
        yield Finding(message, table="specimens")


@document_rule(Level.WARNING, "NĐ 347/2025/NĐ-CP Điều 8.3; Mẫu 24 chú thích 7, 8, 10", "R-123", forms=("M24", "M25"))
def commune_office(subject: Subject) -> Iterator[Finding]:
    """The office of a commune, which shows no founding paper and no appointment of its holder, but does of (d)."""
    if not any(words in fold(subject.text("name")) for words in _COMMUNE_OFFICE):
        return
    for key in subject.filled(*FOUNDING, *HOLDER):
        message = f"Văn phòng HĐND và UBND cấp xã được miễn, bỏ trống ô {subject.name(key)}."
        yield Finding(message, field=key)
    for key in subject.empty("chief_accountant"):
        yield Finding("Văn phòng HĐND và UBND cấp xã vẫn ghi kế toán trưởng. Điền ô này.", field=key)


@document_rule(Level.HINT, "Mẫu 24 chú thích 11", "R-125", forms=("M24",))
def area_differs(subject: Subject) -> Iterator[Finding]:
    """An area that only repeats the office's address."""
    address = fold(subject.text("address"))
    for index, row in subject.rows(subject.form.tables_by_key["estimate_accounts"]):
        area = fold(text_of(row, "area"))
        if area and area in address:
            message = f"Dòng {index + 1}: địa bàn chỉ ghi khi khác địa chỉ trụ sở. Bỏ trống ô này."
            yield Finding(message, table="estimate_accounts", row=index, column="area")


@document_rule(Level.WARNING, "Mẫu 24", "R-130", forms=("M24",))
def most_specimens(subject: Subject) -> Iterator[Finding]:
    """More authorised persons than the printed form has lines for."""
    groups = [row.get("group") for _, row in subject.rows(subject.form.tables_by_key["specimens"])]
    for group, (most, which, people) in _MOST.items():
        if groups.count(group) > most:
            message = f"Mẫu in đủ chỗ cho {people} người được ủy quyền chữ ký {which}. Bỏ bớt người, hoặc lập thêm tờ."
            yield Finding(message, table="specimens")


@document_rule(Level.WARNING, "Mẫu 25", "M25-3")
def what_is_left(subject: Subject) -> Iterator[Finding]:
    """Money left on an account that is closed, without a word where it goes."""
    words = fold(f"{subject.text('accounts_detail')} {subject.text('reason')}").split()
    if any(word in words for word in _WHERE_TO):
        return
    closed = {text_of(row, "account_no") for _, row in subject.rows(subject.form.tables_by_key["accounts"])}
    for table in (other for other in subject.siblings if other.form.id == "M32"):
        for _, row in table.rows():
            left = money(row.get("closing"))
            if left and not is_empty(row.get("account_no")) and text_of(row, "account_no") in closed:
                message = (
                    f"Tài khoản {text_of(row, 'account_no')} còn {format_vnd(left)} đ. Ghi rõ chuyển số còn lại đi đâu."
                )
                yield Finding(message, field="accounts_detail")
