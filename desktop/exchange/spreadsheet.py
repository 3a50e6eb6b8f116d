"""Imports a list of payees from a spreadsheet, so that sixty account numbers are never typed by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.dossier.document import Level, Problem, Row, Where
from desktop.dossier.money import format_vnd
from desktop.exchange.errors import SpreadsheetError
from desktop.exchange.sheet_cells import Read, read_account, read_amount, read_text
from desktop.exchange.sheet_header import Heading, find_heading, plain
from desktop.exchange.sheet_rows import Cell, SheetRow, read_book

_NUMBERING = r"(?:(?:[ivx]+|[a-e]|\d)\s*[.)/-]*\s+|[ivx]+[.)/-]+\s*)?"
_GROUPS = (
    ("civil_servants", re.compile(rf"{_NUMBERING}(can bo,? )?cong chuc\b")),
    ("public_employees", re.compile(rf"{_NUMBERING}vien chuc\b")),
    ("contract_workers", re.compile(rf"{_NUMBERING}(nguoi )?(lao dong )?hop dong\b")),
    ("others", re.compile(rf"{_NUMBERING}(cac )?(doi tuong )?khac\b")),
)
_GROUP_KEYS = {key for key, _ in _GROUPS}
_TOTAL = re.compile(r"(tong|cong)( so| cong)?( tien)?\s*:?$")
_FOOTER = re.compile(
    r"(tong so tien )?(viet )?bang chu|so tien bang chu|nguoi lap|ke toan|thu truong|ngay .*thang|ghi chu"
)
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?")


@dataclass(frozen=True)
class BeneficiaryList:
    """Rows keyed as Mẫu 20 (name, account, bank, amount in VND, group); `problems` count `rows` from 0."""

    rows: list[Row]
    problems: list[Problem] = field(default_factory=list)
    total: int = 0


def read_beneficiaries(path: Path) -> BeneficiaryList:
    """Read the first sheet that has a heading with name, account and amount, from .xlsx or CSV in UTF-8.

    Raises SpreadsheetError: no_heading, no_rows, and those of sheet_rows.read_book.
    """
    for rows in read_book(path).sheets:
        heading = find_heading(rows)
        if heading is not None:
            return _Reader(heading).read(rows)
    message = "Không thấy dòng tiêu đề. Danh sách cần các cột Họ tên, Số tài khoản, Ngân hàng, Số tiền."
    raise SpreadsheetError("no_heading", message)


class _Reader:
    """Walks the rows below the heading and collects payees and what is wrong."""

    def __init__(self, heading: Heading) -> None:
        self._heading = heading
        self._rows: list[Row] = []
        self._problems: list[Problem] = []
        self._group: str | None = None
        self._declared: tuple[int, int] | None = None
        self._accounts: dict[str, int] = {}

    def read(self, rows: Sequence[SheetRow]) -> BeneficiaryList:
        for number, row in enumerate(rows[self._heading.first_row :], start=self._heading.first_row + 1):
            if self._is_footer(row):
                break
            if not self._is_heading(row, number):
                self._payee(row, number)
        if not self._rows:
            raise SpreadsheetError("no_rows", "Danh sách không có dòng nào dưới tiêu đề. Hãy kiểm tra lại tệp.")
        total = sum(amount for row in self._rows if isinstance(amount := row.get("amount"), int))
        self._compare(total)
        self._ask_groups()
        return BeneficiaryList(self._rows, self._problems, total)

    def _cell(self, row: SheetRow, key: str) -> Cell:
        index = self._heading.columns.get(key)
        return row[index] if index is not None and index < len(row) else None

    def _label(self, row: SheetRow) -> str:
        """Give the first words of a row, where a list writes "I. Công chức" or "Tổng số"."""
        words = [plain(cell) for cell in row]
        joined = " ".join(word for word in words[: self._heading.columns["account"]] if word)
        return joined or next((word for word in words if word), "")

    def _is_footer(self, row: SheetRow) -> bool:
        return not plain(self._cell(row, "account")) and bool(_FOOTER.match(self._label(row)))

    def _is_heading(self, row: SheetRow, number: int) -> bool:
        """Take in rows that are no payee: empty ones, column numbers, groups, totals."""
        filled = [word for word in map(plain, row) if word]
        if not filled or all(_COLUMN_NUMBER.fullmatch(word) for word in filled):
            return True
        if plain(self._cell(row, "account")):
            return False
        label = self._label(row)
        if _TOTAL.match(label):
            amount = read_amount(self._cell(row, "amount")).value
            self._declared = (number, amount) if isinstance(amount, int) else self._declared
            return True
        group = _group_of(label)
        self._group = group or self._group
        return group is not None

    def _payee(self, row: SheetRow, number: int) -> None:
        index = len(self._rows)
        cells = {
            "name": read_text(self._cell(row, "name"), "họ tên"),
            "account": read_account(self._cell(row, "account")),
            "bank": read_text(self._cell(row, "bank"), "tên ngân hàng"),
            "amount": read_amount(self._cell(row, "amount")),
            "group": self._group_cell(row),
        }
        for key, read in cells.items():
            if read.message:
                self._problem(key, read.level, f"Dòng {number}: {read.message}", index)
        self._rows.append({key: read.value for key, read in cells.items() if read.value is not None})
        self._check_twice(cells["account"], number, index)

    def _group_cell(self, row: SheetRow) -> Read:
        given = plain(self._cell(row, "group"))
        if not given:
            return Read(self._group)
        group = given if given in _GROUP_KEYS else _group_of(given)
        if group is None:
            message = "chưa rõ nhóm. Hãy ghi Công chức, Viên chức, Lao động hợp đồng hoặc Đối tượng khác."
            return Read(None, message, Level.WARNING)
        return Read(group)

    def _check_twice(self, account: Read, number: int, index: int) -> None:
        if not isinstance(account.value, str):
            return
        earlier = self._accounts.setdefault(account.value, number)
        if earlier != number:
            message = f"Dòng {number}: số tài khoản trùng với dòng {earlier}. Hãy kiểm tra có ghi hai lần không."
            self._problem("account", Level.WARNING, message, index)

    def _compare(self, total: int) -> None:
        if self._declared is not None and self._declared[1] != total:
            number, declared = self._declared
            sums = f"tổng ghi {format_vnd(declared)} đ, cộng các dòng được {format_vnd(total)} đ"
            message = f"Dòng {number}: {sums}. Hãy đối chiếu với danh sách gốc."
            self._problem("amount", Level.WARNING, message, None)

    def _ask_groups(self) -> None:
        without = sum("group" not in row for row in self._rows)
        if without:
            message = f"Còn {without} người chưa rõ nhóm. Hãy chọn nhóm (Công chức, Viên chức…) trước khi trình ký."
            self._problem("group", Level.HINT, message, None)

    def _problem(self, column: str, level: Level, message: str, index: int | None) -> None:
        where = Where(table="lines", row=index, column=column)
        self._problems.append(Problem(rule=f"list-{column}", level=level, where=where, message=message))


def _group_of(label: str) -> str | None:
    return next((key for key, pattern in _GROUPS if pattern.match(label)), None)
