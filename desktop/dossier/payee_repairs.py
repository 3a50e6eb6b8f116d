"""What a machine can mend in a list of payees, each offered to a person and never done by itself.

Money goes where these cells say. So of an account only blanks and dots are taken out, and O, l, I become the digits
they stand for when everything else is a digit; an amount is offered only where exactly one cell is empty.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from desktop.dossier.document import Document, Problem, Row, Value
from desktop.dossier.list_views import PayeeMark
from desktop.dossier.money import format_vnd
from desktop.dossier.payees import account_key, name_key, odd_rows

How = Literal["write", "fill", "together", "choose", "stand", "edit"]
"""What a repair does: "write" puts `new` for `old`, "fill" puts an amount into an empty cell, "together" shows the rows
that share something, "choose" opens the list of codes, "stand" asks for a name, "edit" only leads to the cell."""
_DIGITS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1"})
_MOST_LETTERS = 2
"""More letters than this, and the number is one that carries letters rightly (as desktop.dossier.payees holds)."""
_BRANCH = 4
"""Digits at the front that accounts of one branch share."""
_COUNTED = {2: "hai", 3: "ba", 4: "bốn", 5: "năm"}


@dataclass(frozen=True)
class Repair:
    """One button: its `label`, the cell it is about (None for a blank above the lines), and what it would do there."""

    row: int | None
    column: str
    how: How
    label: str
    old: Value = None
    new: Value = None
    shown: str = ""
    """What the button does, for its tooltip: «35O8205018221 → 3508205018221»."""
    find: str = ""
    """What to search for to see the rows together."""


def repairs(
    document: Document, problems: Sequence[Problem], marks: Sequence[PayeeMark], missing: int
) -> tuple[Repair | None, ...]:
    """Give the one repair of each problem, in their order; None where there is no cell to go to.

    `marks` tell how the rows stand to the past, in the order of the lines; `missing` is what the list has too little
    in VND, 0 when that is not known.
    """
    lines = _Lines(document.tables.get("lines", []), marks, missing)
    return tuple(lines.repair(problem) for problem in problems)


def machine_repairs(rows: Sequence[Row], marks: Sequence[PayeeMark]) -> tuple[Repair, ...]:
    """Give every repair that only writes out what is plainly meant: signs of accounts, names as they were paid."""
    odd, keys = odd_rows(rows), [account_key(row.get("account")) for row in rows]
    taken = set(keys)
    found: list[Repair] = []
    for index, row in enumerate(rows):
        name, paid = row.get("name"), marks[index].paid_name if index < len(marks) else ""
        if paid and name != paid and name_key(name) == name_key(paid):
            found.append(_written(index, "name", "Dùng tên đã trả", str(name), paid))
        account = row.get("account")
        number = plain_account(account) if isinstance(account, str) and index not in odd else None
        if number is not None and (number == keys[index] or number not in taken):
            found.append(_written(index, "account", _sign_label(str(account)), str(account), number))
    return tuple(found)


def plain_account(written: str) -> str | None:
    """Give the digits an account number stands for; None when it is right as it is or anything else is doubtful."""
    bare = re.sub(r"[\s.]", "", written)
    number = bare.translate(_DIGITS)
    changed = sum(old != new for old, new in zip(bare, number, strict=True))
    plain = number.isascii() and number.isdigit()
    return number if plain and number != written and changed <= _MOST_LETTERS else None


def applied(rows: Sequence[Row], chosen: Sequence[Repair]) -> list[Row]:
    """Give the rows with repairs written in; a cell that no longer holds what the repair was offered for stays."""
    changed: list[Row] = [dict(row) for row in rows]
    for each in chosen:
        if each.how not in ("write", "fill") or each.row is None or each.row >= len(changed):
            continue
        if changed[each.row].get(each.column) == each.old:
            changed[each.row][each.column] = each.new
    return changed


def _written(row: int, column: str, label: str, old: str, new: str) -> Repair:
    return Repair(row, column, "write", label, old, new, f"{old} → {new}")


def _sign_label(account: str) -> str:
    signs = {new for old in account if (new := old.translate(_DIGITS)) != old}
    if signs:
        return f"Đổi thành {signs.pop()}" if len(signs) == 1 else "Đổi thành số"
    if "." not in account:
        return "Bỏ khoảng trắng"
    return "Bỏ dấu thừa" if re.search(r"\s", account) else "Bỏ dấu chấm"


def _missing_amount(rows: Sequence[Row], missing: int) -> Repair | None:
    """Give the filling of the only line without an amount with what the list has too little."""
    unread = [index for index, row in enumerate(rows) if not isinstance(row.get("amount"), int)]
    if missing <= 0 or len(unread) != 1 or rows[unread[0]].get("amount") is not None:
        return None
    words = f"Ô trống → {format_vnd(missing)} đ, đúng bằng số danh sách còn thiếu"
    return Repair(unread[0], "amount", "fill", f"Điền {format_vnd(missing)}", None, missing, words)


class _Lines:
    """A list looked at once for all its problems: it may have a thousand lines and as many problems."""

    def __init__(self, rows: Sequence[Row], marks: Sequence[PayeeMark], missing: int) -> None:
        self._rows = rows
        self._offered = {(each.row, each.column): each for each in machine_repairs(rows, marks)}
        filled = _missing_amount(rows, missing)
        if filled is not None:
            self._offered[filled.row, filled.column] = filled
        self._same: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._banks: dict[str, set[str]] = defaultdict(set)
        for index, row in enumerate(rows):
            account, name = account_key(row.get("account")), name_key(row.get("name"))
            self._same["account", account].append(index)
            self._same["name", name].append(index)
            if row.get("bank"):
                self._banks[account[:_BRANCH]].add(str(row["bank"]))

    def repair(self, problem: Problem) -> Repair | None:
        """Give the one repair of a problem."""
        row, column = problem.where.row, problem.where.column or ""
        if row is None or row >= len(self._rows):
            return Repair(None, column, "edit", "Sửa ô") if problem.where.field else None
        if problem.rule == "payee-changed":
            words = "Gõ tên của bạn để chịu trách nhiệm về người nhận này"
            return Repair(row, column, "stand", "Xác nhận", shown=words)
        found = self._offered.get((row, column)) or self._together(row, column)
        if found is None and column == "bank" and not self._rows[row].get("bank"):
            return Repair(row, column, "choose", "Chọn (F4)", shown=self._likely_bank(row))
        return found or Repair(row, column, "edit", "Sửa ô")

    def _together(self, row: int, column: str) -> Repair | None:
        """Give the view of the rows that carry the same account, or the same name."""
        written = self._rows[row].get(column)
        key = {"account": account_key, "name": name_key}.get(column, _none)(written)
        same = self._same.get((column, key), []) if key else []
        if len(same) <= 1:
            return None
        shown = "Chỉ hiện dòng " + ", ".join(str(index + 1) for index in same)
        label = f"Xem {_COUNTED.get(len(same), str(len(same)))} dòng"
        return Repair(row, column, "together", label, shown=shown, find=str(written).strip())

    def _likely_bank(self, row: int) -> str:
        """Say at which bank all other accounts with the same first digits are; a person chooses."""
        front = account_key(self._rows[row].get("account"))[:_BRANCH]
        banks = self._banks.get(front, set())
        if len(front) < _BRANCH or len(banks) != 1:
            return ""
        return f"Các tài khoản khác bắt đầu bằng {front} đều ở {min(banks)}"


def _none(_written: object) -> str:
    return ""
