"""The spreadsheet of sixty payees that the demo makes and imports, as a commune's payroll program would export it."""

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


def write_payroll(path: Path, seed: int) -> int:
    """Writes the xlsx and gives its total in VND; the same seed gives the same people."""
    rng = random.Random(seed)
    rows: list[Sequence[str | int]] = []
    total = 0
    for group, size in GROUPS:
        for _ in range(size):
            amount = rng.randrange(2_340, 9_800) * 1_000
            total += amount
            rows.append((len(rows) + 1, _name(rng), *_account(rng), amount, group))
    export_rows(path, HEADERS, rows)
    return total


def _name(rng: random.Random) -> str:
    return f"{rng.choice(FAMILY)} {rng.choice(MIDDLE)} {rng.choice(GIVEN)}"


def _account(rng: random.Random) -> tuple[str, str]:
    bank, prefix, length = rng.choice(BANKS)
    return prefix + "".join(rng.choices("0123456789", k=length - len(prefix))), bank
