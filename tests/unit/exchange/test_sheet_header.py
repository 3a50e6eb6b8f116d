"""Proofs that a list's heading is found wherever it stands, and that nothing else is taken for one."""

import pytest

from desktop.exchange.sheet_header import Layout, find_layout
from desktop.exchange.sheet_kinds import BENEFICIARIES
from desktop.exchange.sheet_rows import SheetRow

HEADING: SheetRow = ["STT", "Họ và tên", "Số tài khoản", "Ngân hàng", "Số tiền"]
PERSON: SheetRow = [1, "Lò Thị Hạnh", "0035082001234", "Agribank", 5_000_000]


def find_heading(rows: list[SheetRow]) -> Layout | None:
    return find_layout(rows, BENEFICIARIES)


@pytest.mark.parametrize("above", [0, 1, 7])
def test_rows_above_the_heading_are_skipped(above: int) -> None:
    heading = find_heading([*[["UBND xã Mường Lý"]] * above, HEADING, PERSON])
    assert heading is not None
    assert heading.first_row == above + 1
    assert heading.columns == {"stt": 0, "name": 1, "account": 2, "bank": 3, "amount": 4}


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Số tài khoản đối tượng thụ hưởng", "account"),
        ("Số tài khoản ngân hàng", "account"),
        ("Tài khoản", "account"),
        ("Tên ngân hàng", "bank"),
        ("Mở tại ngân hàng", "bank"),
        ("Đối tượng thụ hưởng", "name"),
        ("Họ tên người nhận", "name"),
        ("SỐ TIỀN (đồng)", "amount"),
        ("Thực lĩnh", "amount"),
        ("Nhóm", "group"),
        ("Phân loại", "group"),
        ("STT", "stt"),
    ],
)
def test_the_meaning_of_a_column(words: str, key: str) -> None:
    others = [text for text, other in (("Họ tên", "name"), ("STK", "account"), ("Số tiền", "amount")) if other != key]
    heading = find_heading([[words, *others]])
    assert heading is not None
    assert heading.columns[key] == 0


def test_two_heading_rows_are_read_as_one() -> None:
    upper: SheetRow = ["STT", "Họ tên", "Tài khoản ngân hàng", None, "Số tiền"]
    heading = find_heading([[], upper, [None, None, "Số tài khoản", "Tên ngân hàng"], PERSON])
    assert heading is not None
    assert (heading.first_row, heading.columns["account"], heading.columns["bank"]) == (3, 2, 3)


def test_a_person_below_is_not_a_second_heading_row() -> None:
    heading = find_heading([["Họ tên", "STK", "Số tiền"], ["Ngân Văn Hàng", "001", 5, "Ngân hàng A"]])
    assert heading is not None
    assert heading.first_row == 1


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [[]],
        [PERSON],
        [["Họ tên", "Số tiền"]],
        [["Danh sách họ tên, số tài khoản, số tiền của người nhận trong một ô dài " * 2]],
        [*[["x"]] * 60, HEADING],
    ],
)
def test_no_heading(rows: list[SheetRow]) -> None:
    assert find_heading(rows) is None
