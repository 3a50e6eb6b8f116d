"""What the Treasury writes into a dossier: applied cell by cell, said in words."""

import pytest

from desktop.dossier.document import Dossier
from desktop.dossier.figure_words import figure_views
from desktop.dossier.figures import Cell, as_accepted, cell_of
from tests.fixtures.forms_filled import filled


def dossier(*forms: str) -> Dossier:
    return Dossier(local_id="d", number="1", title="t", documents=tuple(map(filled, forms)))


def test_an_accepted_cell_takes_the_place_of_the_units_and_formulas_follow() -> None:
    given = dossier("M10", "M14")
    asked = given.documents[1].tables["lines"][0]
    changed = as_accepted(
        given, [Cell(1, "lines", 0, "payee_amount", 5), Cell(0, "", -1, "approved_total_words", "năm")]
    )
    assert changed.documents[1].tables["lines"][0]["amount"] == int(asked["remit_amount"] or 0) + 5
    assert changed.documents[0].fields["approved_total_words"] == "năm"


@pytest.mark.parametrize(
    ("form", "approved", "asked"),
    [("M12", "approved_vnd", "requested_vnd"), ("I04B", "approved_amount", "requested_amount")],
)
def test_what_is_approved_counts_for_what_was_asked(form: str, approved: str, asked: str) -> None:
    changed = as_accepted(dossier(form), [Cell(0, "lines", 0, approved, 7)])
    assert changed.documents[0].tables["lines"][0][asked] == 7


@pytest.mark.parametrize("cell", [Cell(5, "", -1, "a", 1), Cell(0, "lines", 9, "amount", 1), Cell(0, "x", 0, "a", 1)])
def test_what_names_nothing_changes_nothing(cell: Cell) -> None:
    assert as_accepted(dossier("M13"), [cell]).documents[0].tables == dossier("M13").documents[0].tables


WORDS = [
    ("M10", Cell(0, "lines", 0, "requested_amount", 4_000_000), "Mẫu 10, dòng 1", "4.000.000 đ"),
    ("M24", Cell(0, "", -1, "effective_date", "2026-12-01"), "Mẫu 24", "01/12/2026"),
    ("M08", Cell(0, "", -1, "treatment", "reduce_spending"), "Mẫu 08", "1. Nộp giảm chi ngân sách nhà nước"),
    ("M26", Cell(0, "lines", 7, "usable", 3), "Mẫu 26, dòng Kho bạc có thêm", "3 đ"),
    ("M32", Cell(0, "accounts", -1, "closing", 3), "Mẫu 32, dòng tổng", "3 đ"),
    ("M12", Cell(0, "lines", 0, "approved_fc", "1234.50"), "Mẫu 12, dòng 1", "1.234,50"),
]


@pytest.mark.parametrize(("form", "cell", "place", "value"), WORDS, ids=[row[0] for row in WORDS])
def test_a_figure_is_said_with_its_place(form: str, cell: Cell, place: str, value: str) -> None:
    (view,) = figure_views(dossier(form), [cell])
    assert (view.place, view.value) == (place, value)
    assert view.text.startswith("Kho bạc ghi: ")


def test_what_the_unit_wrote_stands_beside() -> None:
    (view,) = figure_views(dossier("M10"), [Cell(0, "lines", 0, "requested_amount", 1)])
    assert "(đơn vị ghi " in view.text


def test_a_figure_is_read_with_what_it_leaves_out() -> None:
    assert cell_of({"document": 0, "key": "a", "value": "x"}) == Cell(0, "", -1, "a", "x")
    assert figure_views(dossier("M13"), [Cell(3, "", -1, "a", 1)]) == ()
