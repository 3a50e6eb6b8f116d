"""Reads the headings inside a list of payees: the groups of Mẫu 20, the rows that only add up, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.dossier.document import Level
from desktop.exchange.sheet_cells import Read

_NUMBERING = r"(?:(?:[ivx]+|[a-e]|\d)\s*[.)/-]*\s+|[ivx]+[.)/-]+\s*)?"
_GROUPS = (
    ("civil_servants", re.compile(rf"{_NUMBERING}(can bo,? )?cong chuc\b")),
    ("public_employees", re.compile(rf"{_NUMBERING}vien chuc\b")),
    ("contract_workers", re.compile(rf"{_NUMBERING}(nguoi )?(lao dong )?hop dong\b")),
    ("others", re.compile(rf"{_NUMBERING}(cac )?(doi tuong )?khac\b")),
)
GROUP_KEYS = frozenset(key for key, _ in _GROUPS)
_TOTAL = re.compile(r"(tong|cong)( so| cong)?( tien)?\s*:?$")
_FOOTER = re.compile(
    r"(tong so tien )?(viet )?bang chu|so tien bang chu|nguoi lap|ke toan|thu truong|ngay .*thang|ghi chu"
)
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?")


def group_of(label: str) -> str | None:
    """Give the group that folded words name, numbered or not ("ii. vien chuc")."""
    return next((key for key, pattern in _GROUPS if pattern.match(label)), None)


def read_group(given: str, current: str | None) -> Read:
    """Give the group of a row: its own cell's folded words, or the heading it stands under."""
    if not given:
        return Read(current)
    group = given if given in GROUP_KEYS else group_of(given)
    if group is None:
        message = "chưa rõ nhóm. Hãy ghi Công chức, Viên chức, Lao động hợp đồng hoặc Đối tượng khác."
        return Read(None, message, Level.WARNING)
    return Read(group)


def is_total(label: str) -> bool:
    """Tell a row that only adds up: «Tổng cộng»."""
    return bool(_TOTAL.match(label))


def is_footer(label: str) -> bool:
    """Tell the first row below a list: the amount in words, the signers, a note."""
    return bool(_FOOTER.match(label))


def is_bare(words: Sequence[str]) -> bool:
    """Tell a row that says nothing: empty, or only the numbers of the columns."""
    return all(_COLUMN_NUMBER.fullmatch(word) for word in words if word)
