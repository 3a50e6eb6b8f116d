"""How wide a column of lines is on screen and what stands over it; any form's columns get something sensible."""

from __future__ import annotations

import re
from textwrap import wrap

from desktop.dossier.form_parts import Column, FieldType, RowGroup, Table

HEADS = {
    "content": "Nội dung",
    "invoice_no": "Hóa đơn số",
    "invoice_date": "Ngày HĐ",
    "voucher_no": "Chứng từ số",
    "voucher_date": "Ngày CT",
    "econ": "Mã NDKT",
    "econ_advanced": "Đã TƯ",
    "econ_requested": "Đề nghị",
    "sector": "Ngành",
    "source": "Nguồn",
    "chapter": "Chương",
    "program_code": "Mã CTMT",
    "budget_level": "Cấp NS",
    "budget_unit_code": "Mã ĐVQHNS",
    "area_code": "Địa bàn",
    "reserve": "Dự phòng",
    "natural_account": "TK kế toán",
    "plan_year": "Năm KHV",
    "budget_year": "Niên độ",
    "currency": "Tiền",
    "rate": "Tỷ giá",
    "fc_amount": "Nguyên tệ",
    "vnd_amount": "Quy ra VND",
    "amount": "Số tiền (đ)",
    "remit_amount": "Nộp NSNN (đ)",
    "payee_amount": "Trả đơn vị\nhưởng (đ)",
    "tax_amount": "Nộp thuế (đ)",
    "advance_balance": "Dư TƯ (đ)",
    "requested_amount": "Đề nghị (đ)",
    "name": "Đối tượng thụ hưởng",
    "account": "Số tài khoản",
    "account_no": "Số tài khoản",
    "bank": "Ngân hàng",
    "group": "Nhóm",
    "reference_id": "Số TK, QĐ,\nTB, ID",
    "intermediary_swift": "SWIFT\ntrung gian",
    "period_or_date": "Kỳ, ngày",
}
"""Short heads by column; other columns show their printed label, broken into lines."""
WIDTHS: dict[FieldType, int] = {
    "code": 68,
    "date": 74,
    "money": 104,
    "signed_money": 104,
    "money_fc": 100,
    "decimal": 78,
    "year": 60,
    "integer": 48,
    "tick": 52,
    "text": 84,
    "signature_image": 120,
    "image": 120,
}
BY_KEY = {
    "account": 140,
    "account_no": 150,
    "payee_account": 140,
    "bank": 190,
    "payee_bank": 170,
    "econ_requested": 62,
    "econ_advanced": 62,
    "sector": 54,
    "source": 54,
    "budget_unit_code": 84,
    "group": 120,
}
LONG = frozenset({"content", "name", "description", "detail", "work", "person_name", "student_name"})
"""Columns that hold sentences: one of them takes what the others leave."""
FLEXIBLE_LEAST = 104
SENTENCE = 190
"""Design pixels of the column of sentences in a grid that scrolls anyway."""
LETTER = 7.0
"""Design pixels of a letter in a head, on average."""
NARROW_LETTER = 6.3
"""Design pixels below which a letter of a head does not come, taken over a whole line."""
MOST_LINES = 3
MOST_MORE = 48
"""Design pixels a head may add to its column."""
GROUP = Column(key="group", label="Nhóm", type="text", required="yes", filled_by="unit")
"""Rows that stand in groups: on screen the group is a column, on paper a heading."""


def group_name(group: RowGroup) -> str:
    """Give the name of a group of rows without the marks it has as a printed heading."""
    return group.label.strip("-–: ")


def shown_columns(table: Table) -> list[Column]:
    """Give the columns a unit sees: its own, those worked out for it, and the group of a row."""
    own = [column for column in table.columns if column.filled_by == "unit"]
    return [GROUP, *own] if table.row_groups else own


def spoken(column: Column, beside: list[Column]) -> str:
    """Give a column's whole name, for the tooltip and for screen readers, told apart from those of the same label."""
    twice = sum((each.label, each.group) == (column.label, column.group) for each in beside) > 1
    words = HEADS.get(column.key, column.label).replace("\n", " ") if twice else column.label
    named = f"{column.group}: {words}" if column.group else words
    return f"{named} (máy tính)" if column.formula else named


def width_of(column: Column) -> int:
    """Give a column's width in design pixels: its type's, and somewhat more where its head needs it."""
    base = BY_KEY.get(column.key, WIDTHS.get(column.type, 92))
    return next((width for width in range(base, base + MOST_MORE, 8) if _fits(column, width)), base)


def _fits(column: Column, width: int) -> bool:
    lines = head_of(column, width).split("\n")
    return all(len(line) * NARROW_LETTER <= width - 10 and not line.endswith("…") for line in lines)


def _letters(width: int) -> int:
    return max(6, int((width - 10) / LETTER))


def head_of(column: Column, width: int) -> str:
    """Give the head of a column, broken into lines that fit `width` design pixels."""
    if column.key in HEADS and not _grouped(column):
        return HEADS[column.key]
    words = HEADS.get(column.key, _plain(column.label))
    above = _plain((column.group or "").split(" / ")[-1]) if _grouped(column) else ""
    fits = _letters(width)
    lines = [line for part in (above, words) if part for line in wrap(part, fits)]
    return "\n".join(
        lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1][: fits - 1] + "…"]
    )


def _grouped(column: Column) -> bool:
    """Columns of foreign and home money repeat their labels under several groups; only the group tells them apart."""
    return bool(column.group) and column.key not in HEADS and not str(column.group).startswith("Phần dành cho")


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\([^)]*\)", " ", text)).strip()
