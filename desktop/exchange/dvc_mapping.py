"""How a kind of voucher file and a form of 2026 say the same thing, as data that is read both ways.

Only what means the same is joined. Left out on purpose: the payee's unit code and address, the budget level and the
commitment numbers have no blank on the new forms; `soPheDuyet` and `soThanhToan` are the Treasury's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Names = tuple[str, ...]
"""Properties that mean the same, the most telling first."""

UNIT_CODES: Names = (
    "dvqhnsMa",
    "dmDvqhns",
    "dvTratienMa",
    "dmDvTratien",
    "dvMa",
    "dvDutoanMa",
    "dmDVDutoan",
    "dmDvNop",
)
PAYEE_AMOUNTS: Names = ("dvNhantienSotiennhan", "dvNhantienSotien")
LINE_TAX: Names = ("dvNopthue", "nopThue")
LINE_PAID: Names = ("dvNhantien", "thanhToan")
DECLARED_TOTAL = "tongSoTien"
DECLARED_TAX = "dvNopthueSotiennop"
DECLARED_WORDS = "par1"
VOUCHER_NUMBER = "soChungTu"
VOUCHER_DATE = "ngayChungTu"
CURRENCY = "dmTiente"
LINE_NUMBER = "maHang"
HEADER_MONEY: Names = (
    DECLARED_TOTAL,
    *PAYEE_AMOUNTS,
    DECLARED_TAX,
    "daSoduTamUngUngtruoc",
    "daDenghiTtLuyke",
    "daDenghiTtSodu",
    "stBaohanhTrongnuoc",
    "stBaohanhNgoainuoc",
)
LINE_MONEY: Names = (
    *LINE_TAX,
    *LINE_PAID,
    "soTien",
    "soTienVnd",
    "soUngTruoc",
    "soDeNghi",
    "soPheDuyet",
    "soDuTamUng",
    "soThanhToan",
)
"""Amounts in VND that are looked at even where they are not imported: a broken one says that the file is broken."""


@dataclass(frozen=True)
class Source:
    """Where a blank is found: the first of `names` that says something and that `takes` accepts.

    Our own export writes the first of `names` that this kind of file is known to have, unless `written` is False
    (another blank lives there). With `zero` False a 0 means "not given": the exporters write it without asking.
    """

    names: Names
    takes: Callable[[str], bool] | None = None
    written: bool = True
    zero: bool = True


def of(*names: str) -> Source:
    """Give a source without conditions."""
    return Source(names)


def amount_or_nothing(*names: str) -> Source:
    """Give a source of an amount whose 0 the exporters write by themselves."""
    return Source(names, zero=False)


@dataclass(frozen=True)
class ChoiceSource:
    """The property a choice is read from, and which of its values we know the meaning of."""

    names: Names
    values: Mapping[str, str]
    label: str


@dataclass(frozen=True)
class FormMapping:
    """All of one kind of file by the keys of its form of 2026.

    `total` are the columns whose sum the file states in the properties `declared`. `chapter` when the lines carry the
    header's chapter, `implied` the choices the kind of paper makes by itself, `parts` the columns for the budget and
    for the payee, `foreign` when amounts are of foreign currency too. `groups` tells the rows' group by the first
    digit of the line number; `below` are columns of the rows of `below_group` that the file has once, in its header.
    `cash_only` are fields that a transfer leaves empty.
    """

    form_id: str
    fields: Mapping[str, Source]
    columns: Mapping[str, Source]
    total: Names
    choices: Mapping[str, ChoiceSource] = field(default_factory=dict)
    implied: Mapping[str, str] = field(default_factory=dict)
    declared: Names = (DECLARED_TOTAL,)
    chapter: bool = False
    foreign: bool = False
    parts: Names = ()
    groups: Mapping[str, str] = field(default_factory=dict)
    below: Mapping[str, Source] = field(default_factory=dict)
    below_group: str = ""
    cash_only: Names = ()
