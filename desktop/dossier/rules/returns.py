"""Money paid back (Mẫu 08) and postings put under other codes (Mẫu 09)."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.compute import cell_amount, money
from desktop.dossier.document import Level, Row
from desktop.dossier.form_parts import Table
from desktop.dossier.money import format_foreign, format_vnd
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.subject import Subject, is_empty, number_of, text_of

_SIDES = (("vnd_debit", "vnd_credit"), ("fc_debit", "fc_credit"))
_CODES = ("econ", "chapter", "sector", "source")
_RECODED = (
    *(*_CODES, "natural_account", "budget_level", "budget_unit_code", "area_code", "program_code", "reserve"),
    *("plan_year", "advance", "actual"),
)


@document_rule(Level.ERROR, "Mẫu 08", "M08-2")
def somebody_pays(subject: Subject) -> Iterator[Finding]:
    """A return that names neither a unit nor a person who pays."""
    if not subject.filled("paying_unit", "payer_person"):
        message = "Chưa ghi ai nộp. Điền «Đơn vị nộp» hoặc «Người nộp tiền»."
        yield Finding(message, field="paying_unit", also=("required",))


@document_rule(Level.ERROR, "Mẫu 08", "M08-5", covers=("R-092",))
def whole_decision(subject: Subject) -> Iterator[Finding]:
    """A decision to pay back with a number and no date, or a date and no number."""
    keys = ("decision_no", "decision_date")
    for key in subject.empty(*keys) if subject.filled(*keys) else ():
        what = "số" if key == "decision_no" else "ngày"
        message = f"Còn thiếu {what} quyết định. Ghi đủ số và ngày quyết định, hoặc bỏ trống cả hai."
        yield Finding(message, field=key, also=("R-092", "required"))


@document_rule(Level.WARNING, "NĐ 347/2025/NĐ-CP Điều 6.2.g", "M08-6")
def was_spent(subject: Subject) -> Iterator[Finding]:
    """More paid back under some codes than the unit's own book has as paid or advanced under them."""
    ledger, account = subject.context.ledger, subject.text("account")
    sums: dict[tuple[int, tuple[str, ...]], list[int]] = {}
    for index, row in subject.rows():
        year = number_of(row, "plan_year") or subject.number("budget_year") or 0
        key = (year, tuple(text_of(row, code) for code in _CODES))
        sums.setdefault(key, [0, index])[0] += money(row.get("amount"))
    for (year, codes), (amount, index) in sums.items():
        known = ledger.spent(year, account, *codes) if ledger and account and year else None
        if known is not None and amount > known:
            message = (
                f"Dòng {index + 1}: sổ của đơn vị chỉ có {format_vnd(known)} đ đã chi hoặc tạm ứng theo các mã này. "
                "Xem lại số tiền hoặc mã."
            )
            yield Finding(message, table="lines", row=index, column="amount")


@document_rule(Level.ERROR, "Mẫu 09", "M09-2", covers=("R-905",))
def one_side(subject: Subject) -> Iterator[Finding]:
    """A line with both a debit and a credit, or with neither."""
    table = subject.form.line_tables[0]
    for index, row in subject.rows():
        for debit, credit in _SIDES:
            if _amount(row, debit, table) and _amount(row, credit, table):
                message = f"Dòng {index + 1} ghi cả Nợ và Có. Giữ lại một bên."
                yield Finding(message, table=table.key, row=index, column=credit)
        if all(is_empty(row.get(key)) for side in _SIDES for key in side):
            message = f"Dòng {index + 1} chưa ghi số tiền Nợ hoặc Có. Ghi một bên."
            yield Finding(message, table=table.key, row=index, column="vnd_debit", also=("M09-2", "required"))


@document_rule(Level.WARNING, "Mẫu 09; NĐ 347/2025/NĐ-CP Điều 6.2.h", "M09-3", covers=("R-096",))
def moves_no_money(subject: Subject) -> Iterator[Finding]:
    """A correction that asks for another sum than was posted: other codes, not other money."""
    table = subject.form.line_tables[0]
    for side, shown in zip(_SIDES, (format_vnd, format_foreign), strict=True):
        sums = {"posted": 0, "requested": 0}
        for _, row in subject.rows():
            group = text_of(row, "group")
            if group in sums:
                sums[group] += sum(_amount(row, key, table) for key in side)
        if sums["posted"] and sums["requested"] and sums["posted"] != sums["requested"]:
            message = (
                f"Số đề nghị điều chỉnh ({shown(sums['requested'])}) khác số đã hạch toán ({shown(sums['posted'])}). "
                "Xem lại hai phần."
            )
            yield Finding(message, table=table.key, column=side[0])


@document_rule(Level.WARNING, "NĐ 347/2025/NĐ-CP Điều 6.2.h", "M09-4", covers=("R-095",))
def was_posted(subject: Subject) -> Iterator[Finding]:
    """A posted line whose voucher the unit's own book does not have as paid."""
    ledger = subject.context.ledger
    for index, row in subject.rows() if ledger else ():
        number = text_of(row, "document_no")
        if ledger and number and text_of(row, "group") == "posted" and not ledger.posted(number):
            message = f"Dòng {index + 1}: sổ của đơn vị chưa có chứng từ số {number[:40]} đã thanh toán. Xem lại số."
            yield Finding(message, table="lines", row=index, column="document_no")


@document_rule(Level.WARNING, "Mẫu 09", "re-coded", forms=("M09",))
def something_changes(subject: Subject) -> Iterator[Finding]:
    """A requested line under the very codes it was posted under."""
    posted = {_codes(row) for _, row in subject.rows() if text_of(row, "group") == "posted"}
    for index, row in subject.rows():
        if text_of(row, "group") == "requested" and _codes(row) in posted:
            message = f"Dòng {index + 1}: các mã giống hệt dòng đã hạch toán, không có gì điều chỉnh. Ghi mã mới."
            yield Finding(message, table="lines", row=index, column="econ")


def _codes(row: Row) -> tuple[object, ...]:
    return tuple(row.get(key) or None for key in _RECODED)


def _amount(row: Row, key: str, table: Table) -> int:
    return cell_amount(row.get(key), table.columns_by_key[key])
