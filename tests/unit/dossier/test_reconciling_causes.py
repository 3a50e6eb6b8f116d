"""What may explain a difference: exactly its amount, on its line; slips of the pen; nothing that does not fit."""

import pytest

from desktop.dossier.book import Cause
from desktop.dossier.reconciling_causes import NONE_FOUND, Figures, Suspect, causes, exchanged, line_codes

CODES = {"source": "13", "sector": "341"}
LATE = Cause("Hồ sơ 7 được giải quyết sau kỳ.", "h7")


def why(ours: int, theirs: int, *suspects: Suspect, column: str = "used_to_date", book: int | None = None) -> list[str]:
    return [item.sentence for item in causes(Figures(column, CODES, ours, theirs, book), suspects)]


def late(amount: int, side: str = "used", **codes: str) -> Suspect:
    return Suspect(side, amount, {**CODES, **codes}, LATE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (2_350_000, 2_530_000, True),
        (12, 21, True),
        (12, 12, False),
        (123, 321, True),
        (123, 231, False),
        (5, 50, False),
    ],
)
def test_two_digits_exchanged(first: int, second: int, same: bool) -> None:
    assert exchanged(first, second) is same


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [(2_350, 2_530, "đổi chỗ"), (500, 5_000, "chữ số 0"), (5_000, 500, "chữ số 0"), (40, -40, "trái dấu")],
)
def test_slips_of_the_pen(ours: int, theirs: int, said: str) -> None:
    assert said in why(ours, theirs)[0]


@pytest.mark.parametrize(
    ("suspect", "fits"),
    [
        (late(7), True),
        (late(-7), True),
        (late(8), False),
        (late(7, sector="281"), False),
        (late(7, econ="6501"), True),
        (late(7, "given"), False),
    ],
)
def test_a_cause_is_of_the_amount_and_on_the_line(suspect: Suspect, fits: bool) -> None:
    assert why(100, 107, suspect) == [LATE.sentence if fits else NONE_FOUND.sentence]


def test_what_was_given_explains_what_was_given() -> None:
    assert why(100, 107, late(7, "given"), column="usable") == [LATE.sentence]
    assert "ghi giao nhiều hơn 7 đ" in why(100, 107, column="usable")[0]
    assert why(100, 107, late(7, "given"), column="remaining") == [LATE.sentence]


def test_a_table_that_is_not_the_book_comes_first() -> None:
    assert [said[:6] for said in why(100, 107, late(7), book=107)] == ["Sổ ở đ", "Hồ sơ "]
    assert why(100, 107, book=100) == [NONE_FOUND.sentence]


def test_codes_go_by_their_common_names() -> None:
    row = {"fund_kind": "13", "sector": "341", "econ": "", "balance": 5}
    assert line_codes(row) == {"source": "13", "sector": "341"}
    assert line_codes({"account_no": "3713"}) == {"account": "3713"}
