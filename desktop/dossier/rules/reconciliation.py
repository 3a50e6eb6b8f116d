"""Tables that unit and Treasury compare (Mẫu 26 to 29, 32): one period, the same sums, the accounts of the unit."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.compute import money
from desktop.dossier.document import Level, Row
from desktop.dossier.fold import fold
from desktop.dossier.money import MAX_VND, format_vnd
from desktop.dossier.rules.budget import account_kind
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.subject import Subject, number_of, text_of

PARTNERS = {"M26": "M28", "M27": "M29"}
"""The table of the estimate and the table of its use."""
SAME = (("used_period", "total_period"), ("used_to_date", "total_balance"))
"""Columns (6), (7) of the first and (5), (6) of the second (R-147)."""
_CODES = ("source", "sector", "program_code")
_KEYS = {"M26": _CODES, "M27": ("budget_unit_code", "chapter", *_CODES)}
_FINANCE = ("tai chinh", "kinh te", "ke hoach")
"""Words in the names of offices that look after money; in a commune it is the "phòng Kinh tế" (Luật NSNN Điều 4.9)."""


@document_rule(Level.WARNING, "Mẫu 26 ghi chú cột (2), (3), (4)", "M26-3", forms=("M26", "M27"))
def within_to_date(subject: Subject) -> Iterator[Finding]:
    """An estimate given at first, or in the period, above what was given to date, which only a cut explains."""
    for index, row in subject.rows():
        to_date = number_of(row, "to_date")
        for column in ("in_period", "initial"):
            given = number_of(row, column)
            if to_date is not None and given is not None and given > to_date:
                message = f"{subject.cell(index, column)} lớn hơn lũy kế cột (4). Xem lại, nếu bị cắt giảm thì giữ."
                yield Finding(message, table="lines", row=index, column=column)
        yield from _overdrawn(subject, index, row)


def _overdrawn(subject: Subject, index: int, row: Row) -> Iterator[Finding]:
    """More used than may be used, or more in the period than since the year began."""
    used, period = number_of(row, "used_to_date"), number_of(row, "used_period")
    usable = money(row.get("carried")) + money(row.get("to_date"))
    if used is not None and used > usable:
        cell = subject.cell(index, "used_to_date")
        message = f"{cell} vượt dự toán được sử dụng {format_vnd(used - usable)} đ. Xem lại hai số."
        yield Finding(message, table="lines", row=index, column="used_to_date")
    elif used is not None and period is not None and period > used:
        message = f"{subject.cell(index, 'used_period')} lớn hơn lũy kế cột (7). Xem lại, nếu đã nộp trả thì giữ."
        yield Finding(message, table="lines", row=index, column="used_period")


@document_rule(Level.WARNING, "Mẫu 26, 27 ghi chú cột (6), (7)", "M26-4", "M27-3", covers=("R-147",))
def used_as_told(subject: Subject) -> Iterator[Finding]:
    """Use told otherwise by the table of use in the same dossier, for the same source, sector and programme."""
    partner = PARTNERS[subject.form.id]
    for other in (item for item in subject.siblings if item.form.id == partner):
        number = other.form.number
        if _period(other) != _period(subject):
            message = f"Mẫu {number} trong hồ sơ đối chiếu kỳ khác. Ghi cùng quý và năm ở cả hai mẫu."
            yield Finding(message, field="quarter")
            continue
        for mine, its in SAME:
            yield from _differences(subject, other, mine, its)


def _period(subject: Subject) -> tuple[object, object]:
    return subject.value("quarter"), subject.value("year")


def _differences(subject: Subject, other: Subject, mine: str, its: str) -> Iterator[Finding]:
    told, first = _sums(subject, mine, _KEYS[subject.form.id])
    used, _ = _sums(other, its, _KEYS[subject.form.id])
    label = subject.form.line_tables[0].columns_by_key[mine].col_no
    for key in {**told, **used}:
        difference = told.get(key, 0) - used.get(key, 0)
        if difference:
            codes = ", ".join(code or "(trống)" for code in key)
            word = "nhiều hơn" if difference > 0 else "ít hơn"
            message = (
                f"Cột {label} của {codes} {word} Mẫu {other.form.number} {format_vnd(abs(difference))} đ. "
                "Sửa cho khớp hai mẫu."
            )
            yield Finding(message, table="lines", row=first.get(key), column=mine)


def _sums(subject: Subject, column: str, keys: tuple[str, ...]) -> tuple[dict[tuple[str, ...], int], dict[object, int]]:
    sums: dict[tuple[str, ...], int] = {}
    first: dict[object, int] = {}
    for index, row in subject.rows():
        key = tuple(text_of(row, name) for name in keys)
        sums[key] = sums.get(key, 0) + money(row.get(column))
        first.setdefault(key, index)
    return sums, first


@document_rule(Level.ERROR, "Mẫu 28", "M28-3", forms=("M26", "M27", "M28", "M29", "M32"))
def totals_fit(subject: Subject) -> Iterator[Finding]:
    """A column that adds up to more than the program and the Treasury's system take."""
    table = subject.form.line_tables[0]
    for column in table.sums:
        if abs(subject.computed.totals[f"{table.key}.{column}"]) > MAX_VND:
            message = f"Tổng một cột lớn hơn mức {format_vnd(MAX_VND)} đ mà chương trình nhận. Xem lại số chữ số."
            yield Finding(message, table=table.key, column=column)


@document_rule(Level.WARNING, "Mẫu 28", "M28-4", forms=("M28", "M29"))
def advance_left(subject: Subject) -> Iterator[Finding]:
    """A balance of advances below nothing."""
    for index, row in subject.rows():
        balance = number_of(row, "advance_balance")
        if balance is not None and balance < 0:
            message = f"{subject.cell(index, 'advance_balance')} không được âm. Xem lại số đã thanh toán tạm ứng."
            yield Finding(message, table="lines", row=index, column="advance_balance")


@document_rule(Level.ERROR, "Mẫu 27, 29", "R-151", forms=("M27", "M29"))
def finance_agency(subject: Subject) -> Iterator[Finding]:
    """A table of the finance agency drawn up by another unit (error), or by an office whose name tells nothing."""
    name, unit = fold(subject.text("finance_agency")), subject.context.unit
    if not name or any(word in name for word in _FINANCE):
        return
    own = unit is not None and fold(unit.name) == name
    message = "Mẫu này do cơ quan tài chính lập và ký. Đơn vị dùng Mẫu 26, 28, hoặc ghi tên cơ quan tài chính."
    yield Finding(message, field="finance_agency", level=None if own else Level.WARNING)


@document_rule(Level.ERROR, "Mẫu 32", "M32-2")
def account_once(subject: Subject) -> Iterator[Finding]:
    """An account told twice."""
    seen: set[str] = set()
    for index, row in subject.rows():
        account = plain_account(text_of(row, "account_no"))
        if account and account in seen:
            message = f"Dòng {index + 1}: tài khoản này đã có ở dòng trên. Mỗi tài khoản ghi một lần, xóa dòng thừa."
            yield Finding(message, table="accounts", row=index, column="account_no")
        seen.add(account)


@document_rule(Level.WARNING, "Mẫu 32 chú thích 3", "M32-3")
def account_registered(subject: Subject) -> Iterator[Finding]:
    """An account of the estimate, or one that the unit's book does not have as registered."""
    for index, row in subject.rows():
        account = text_of(row, "account_no")
        if account_kind(account) == ("estimate", True):
            message = f"Dòng {index + 1}: {account} là tài khoản dự toán. Bỏ dòng này, đối chiếu bằng Mẫu 26 và 28."
            yield Finding(message, table="accounts", row=index, column="account_no")
    ledger = subject.context.ledger
    known = ledger.registered_accounts() if ledger else None
    if known is None:
        return
    accounts = {plain_account(account) for account in known}
    for index, row in subject.rows():
        account = text_of(row, "account_no")
        if account and plain_account(account) not in accounts:
            message = f"Dòng {index + 1}: tài khoản {account} chưa có trong sổ đăng ký của đơn vị. Xem lại số này."
            yield Finding(message, table="accounts", row=index, column="account_no")


@document_rule(Level.WARNING, "Mẫu 32", "M32-4")
def opens_where_it_closed(subject: Subject) -> Iterator[Finding]:
    """An opening balance that is not the last confirmed closing one."""
    ledger, month, year = subject.context.ledger, subject.number("month"), subject.number("year")
    if ledger is None or month is None or year is None:
        return
    before = (year, month - 1) if month > 1 else (year - 1, 12)
    for index, row in subject.rows():
        opening, closing = number_of(row, "opening"), ledger.closing(text_of(row, "account_no"), *before)
        if opening is not None and closing is not None and opening != closing:
            message = (
                f"Dòng {index + 1}: dư cuối tháng {before[1]:02}/{before[0]} đã xác nhận là {format_vnd(closing)} đ. "
                "Xem lại số dư đầu kỳ."
            )
            yield Finding(message, table="accounts", row=index, column="opening")


def plain_account(account: str) -> str:
    """Write an account number without the dots and spaces that people group it by."""
    return "".join(sign for sign in account if sign.isalnum()).casefold()
