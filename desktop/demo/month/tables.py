"""Accounts and reconciliation: another account holder (Mẫu 24), the quarter (26, 28) and the month's balance (32)."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.demo.month.books import balance_rows, booking_day, estimate_rows, quarter_of, spending_rows
from desktop.demo.month.units import NEW_HOLDER
from desktop.demo.month.writing import Begun, Writer, together, written
from desktop.dossier.compute import money
from desktop.dossier.document import Document, Row, Value


def another_holder(begun: Begun) -> Sequence[Document]:
    """Mẫu 24 by which the new head of the commune signs from now on."""
    unit, year = begun.desk.unit(), begun.today.year
    legal: dict[str, Value] = {
        "founding_doc_kind": "Nghị quyết của Ủy ban Thường vụ Quốc hội",
        "founding_doc_no": "1686/NQ-UBTVQH15",
        "founding_doc_date": "2025-06-16",
        "founding_doc_issuer": "Ủy ban Thường vụ Quốc hội",
        "parent_agency": "UBND tỉnh Thanh Hóa",
        "account_holder": NEW_HOLDER.name,
        "holder_appointment_kind": "Quyết định phê chuẩn kết quả bầu",
        "holder_appointment_no": "3015/QĐ-UBND",
        "holder_appointment_date": begun.before(5),
        "holder_appointment_issuer": "UBND tỉnh Thanh Hóa",
        "chief_accountant": "Hà Văn Tuyên",
        "ca_appointment_kind": "Quyết định bổ nhiệm",
        "ca_appointment_no": "41/QĐ-UBND",
        "ca_appointment_date": f"{year - 1}-07-10",
        "ca_appointment_issuer": unit.name,
        "change_reason": "Thay đổi chủ tài khoản sau kỳ họp Hội đồng nhân dân xã",
    }
    specimens: list[Row] = [
        {"group": "first_signature", "person_name": NEW_HOLDER.name, "position": "Chủ tịch UBND xã"},
        {"group": "second_signature", "person_name": "Hà Văn Tuyên", "position": "Kế toán trưởng"},
    ]
    return together(written(begun.form("M24"), legal, specimens=specimens))


def quarter(forgotten: str = "", amount: int = 0) -> Writer:
    """Mẫu 26 and 28 of this quarter; `forgotten` is an item of which `amount` VND are left out."""

    def write(begun: Begun) -> Sequence[Document]:
        day = booking_day(begun.today, begun.today.year)
        period: dict[str, Value] = {"quarter": quarter_of(day), "year": day.year}
        given = [{**row, "withheld": 0} for row in estimate_rows(begun.store, day.year)]
        spent = spending_rows(begun.store, day.year)
        if forgotten:
            left_out = next(row for row in spent if row["econ"] == forgotten)
            _less(left_out, amount, "actual_period", "actual_balance")
            same = next(row for row in given if all(row[key] == left_out[key] for key in ("source", "sector")))
            _less(same, amount, "used_period", "used_to_date")
        tables = (("M26", given), ("M28", spent))
        return together(*(written(begun.form(form), period, lines=rows) for form, rows in tables))

    return write


def _less(row: Row, amount: int, *columns: str) -> None:
    for column in columns:
        row[column] = money(row[column]) - amount


def balance(begun: Begun) -> Sequence[Document]:
    """Mẫu 32 of the deposit account for this month."""
    account = begun.desk.unit().deposit_account
    return together(written(begun.form("M32"), accounts=balance_rows(begun.store, begun.today.year, account)))
