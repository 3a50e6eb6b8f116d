"""Reads single cells of a list, each with the sentence to show when it cannot be used."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.dossier.document import Level, Value
from desktop.dossier.money import MAX_VND, MoneyError, parse_vnd
from desktop.exchange.sheet_rows import Cell

_ACCOUNT = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-/]{2,33}")
_SCIENTIFIC = re.compile(r"[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+")
_EXACT_FLOAT = 10**15


@dataclass(frozen=True)
class Read:
    """A cell's value, and what is wrong with it if anything is."""

    value: Value
    message: str = ""
    level: Level = Level.ERROR


def read_text(cell: Cell, what: str) -> Read:
    """Give text that must be there; `what` names it in the message."""
    text = "" if cell is None or isinstance(cell, bool) else " ".join(str(cell).split())
    return Read(text) if text else Read(None, f"thiếu {what}. Hãy ghi thêm.")


def read_account(cell: Cell) -> Read:
    """Give an account number as text; a number cell may have lost its leading zeros, which is a warning."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if cell != int(cell) or not 0 < cell < _EXACT_FLOAT:
            return Read(None, "số tài khoản bị Excel làm tròn. Hãy đặt cột này dạng Text rồi nhập lại.")
        return Read(
            str(int(cell)),
            "số tài khoản đang ở dạng số, có thể mất số 0 ở đầu. Hãy đối chiếu, nên đặt cột này dạng Text.",
            Level.WARNING,
        )
    text = "".join(cell.split()) if isinstance(cell, str) else ""
    if not text:
        return Read(None, "thiếu số tài khoản. Hãy ghi thêm.")
    if _SCIENTIFIC.fullmatch(text) or not _ACCOUNT.fullmatch(text):
        return Read(None, "số tài khoản không dùng được. Hãy ghi lại đủ các chữ số, cột dạng Text.")
    return Read(text)


def read_amount(cell: Cell) -> Read:
    """Give an amount in whole VND above zero."""
    if cell is None or cell == "":
        return Read(None, "thiếu số tiền. Hãy ghi thêm; ô công thức phải được Excel tính và lưu trước.")
    amount = _whole(cell)
    if amount is None:
        return Read(None, "số tiền không phải số đồng chẵn. Hãy ghi ví dụ 15.400.000.")
    if not 0 < amount <= MAX_VND:
        return Read(None, "số tiền phải lớn hơn 0 và không quá lớn. Hãy sửa lại.")
    return Read(amount)


def _whole(cell: Cell) -> int | None:
    if isinstance(cell, str):
        try:
            return parse_vnd(cell)
        except MoneyError:
            return None
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    return int(cell) if abs(cell) <= MAX_VND and cell == int(cell) else None
