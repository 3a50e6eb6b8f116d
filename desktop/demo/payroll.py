"""Spreadsheets of payees that the demo makes and imports, as a unit's payroll program would export them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from desktop.exchange.export import export_rows

COUNT = 60
HEADERS = ("STT", "Họ và tên", "Số tài khoản", "Ngân hàng", "Số tiền", "Nhóm")
GROUPS = (("Công chức", 24), ("Viên chức", 12), ("Lao động hợp đồng", 8), ("Đối tượng khác", 16))
FAMILY = ("Lò", "Hà", "Vi", "Lương", "Phạm", "Ngân", "Thao", "Sung", "Giàng", "Nguyễn", "Lê", "Trần")
MIDDLE = ("Thị", "Văn", "Đình", "Xuân", "Minh", "Ngọc", "Hữu", "Thanh")
GIVEN = (
    "Hạnh",
    "Tuyên",
    "Thắng",
    "Dợ",
    "Pó",
    "Mai",
    "Đức",
    "Nhung",
    "Sơn",
    "Thủy",
    "Quyết",
    "Ước",
    "Ánh",
    "Bích",
    "Chứ",
)
BANKS = (
    ("Ngân hàng Nông nghiệp và Phát triển Nông thôn Việt Nam", "35082", 13),
    ("Ngân hàng TMCP Công Thương Việt Nam", "10800", 12),
    ("Ngân hàng TMCP Ngoại thương Việt Nam", "00110", 13),
)


def write_payroll(
    path: Path,
    seed: int,
    groups: Sequence[tuple[str, int]] = GROUPS,
    thousands: tuple[int, int] = (2_340, 9_800),
    *,
    first: int = 0,
    moved: int | None = None,
) -> int:
    """Writes the xlsx and gives its total in VND; the same seed gives the same people.

    `groups` says how many there are of each, `thousands` between how many thousand đồng each gets. The list begins with
    the `first` of all people; the one at place `moved` of the list has another account than before.
    """
    rng = random.Random(seed + len(groups) + groups[0][1])
    names = everybody(seed)
    rows: list[Sequence[str | int]] = []
    for group, size in groups:
        for _ in range(size):
            place = first + len(rows)
            account, bank = _account(random.Random(place + seed * 10_007 + (len(rows) == moved) * 5_003))
            rows.append((len(rows) + 1, names[place], account, bank, rng.randrange(*thousands) * 1_000, group))
    export_rows(path, HEADERS, rows)
    return sum(int(row[4]) for row in rows)


def everybody(seed: int) -> list[str]:
    """All names there are, no two alike, in an order of the seed's own."""
    names = [f"{family} {middle} {given}" for family in FAMILY for middle in MIDDLE for given in GIVEN]
    random.Random(seed).shuffle(names)
    return names


def _account(rng: random.Random) -> tuple[str, str]:
    bank, prefix, length = rng.choice(BANKS)
    return prefix + "".join(rng.choices("0123456789", k=length - len(prefix))), bank
