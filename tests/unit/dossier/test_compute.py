"""Totals, subtotals and words come from the lines alone."""

from __future__ import annotations

import pytest

from desktop.dossier.compute import compute, fill, group_of, voucher_total
from desktop.dossier.document import Document, Row
from desktop.dossier.forms import UnknownForm
from desktop.dossier.pack import form_of
from tests.unit.dossier.samples import LIST, ORDER, SETTLEMENT, WITHDRAWAL, change


@pytest.mark.parametrize(
    ("document", "key", "total", "words_key", "words"),
    [
        (WITHDRAWAL, "lines.amount", 15_400_000, "total_words", "Mười lăm triệu bốn trăm nghìn đồng chẵn"),
        (ORDER, "lines.amount", 6_000_000, "total_words", "Sáu triệu đồng chẵn"),
        (SETTLEMENT, "lines.requested_amount", 7_000_000, "requested_total_words", "Bảy triệu đồng chẵn"),
        (LIST, "lines.amount", 15_400_000, "total_words", "Mười lăm triệu bốn trăm nghìn đồng chẵn"),
    ],
)
def test_adds_up(document: Document, key: str, total: int, words_key: str, words: str) -> None:
    computed = compute(document)
    assert computed.totals == {key: total}
    assert computed.words == {words_key: words}
    assert voucher_total(document) == total


def test_groups_of_the_list_have_subtotals() -> None:
    assert compute(LIST).subtotals == {
        "lines.amount": {"civil_servants": 9_000_000, "public_employees": 0, "contract_workers": 0, "others": 6_400_000}
    }
    assert compute(WITHDRAWAL).subtotals == {}


@pytest.mark.parametrize(
    ("group", "counted"),
    [("contract_workers", "contract_workers"), (None, "others"), ("", "others"), ("boss", "others")],
)
def test_a_row_without_a_known_group_counts_as_others(group: str | None, counted: str) -> None:
    assert group_of({"group": group}, form_of("M20").line_tables[0]) == counted


@pytest.mark.parametrize("amount", [None, "", "5", True])
def test_a_cell_that_is_no_amount_counts_nothing(amount: str | bool | None) -> None:
    document = change(WITHDRAWAL, rows=[{"amount": 5}, {"amount": amount}, {}])
    assert voucher_total(document) == 5


def test_no_lines_are_no_money() -> None:
    empty = Document(form="C2-02a/NS")
    assert voucher_total(empty) == 0
    assert compute(empty).words == {"total_words": "Không đồng"}


def test_totals_do_not_overflow() -> None:
    rows = [{"amount": 2**62}] * 100
    assert voucher_total(change(WITHDRAWAL, rows=rows)) == 100 * 2**62


def test_an_unknown_form_has_no_total() -> None:
    with pytest.raises(UnknownForm):
        voucher_total(Document(form="C9"))


def test_formula_cells_are_written_and_stale_ones_replaced() -> None:
    rows: list[Row] = [{"remit_amount": 1_000_000, "payee_amount": 10_000_000, "amount": 5}, {"content": "chưa có số"}]
    filled = fill(Document(form="M14", tables={"lines": rows}))
    assert [row.get("amount") for row in filled.tables["lines"]] == [11_000_000, None]
    assert compute(filled).words["remit_total_words"] == "Một triệu đồng chẵn"


def test_formulas_stand_on_formulas() -> None:
    row: Row = {"carried": 5, "initial": 100, "in_period": 100, "to_date": 100, "used_to_date": 30}
    (filled,) = fill(Document(form="M26", tables={"lines": [row]})).tables["lines"]
    assert (filled["usable"], filled["remaining"]) == (105, 75)


def test_quantities_times_price_are_whole_dong() -> None:
    row: Row = {"q_contract": "2.5", "q_before": "0.5", "q_now": "1.333", "price": 1001}
    (filled,) = fill(Document(form="I03A", tables={"lines": [row]})).tables["lines"]
    assert (filled["v_contract"], filled["v_now"], filled["q_cum"], filled["v_cum"]) == (2503, 1334, "1.833", 1835)


def test_foreign_money_adds_up_in_hundredths_and_is_spelt_in_its_currency() -> None:
    rows: list[Row] = [
        {"currency": "USD", "fc_amount": "0.10"},
        {"currency": "USD", "fc_amount": "1234.45"},
        {"fc_amount": "x"},
    ]
    computed = compute(Document(form="M15", tables={"lines": rows}))
    assert computed.totals["lines.fc_amount"] == 123455
    assert computed.words["fc_words"] == "Một nghìn hai trăm ba mươi tư đô la Mỹ và năm mươi lăm xu"


def test_a_field_can_be_the_amount_and_a_table_of_figures_has_none() -> None:
    assert voucher_total(Document(form="I04A", fields={"total_requested": 7})) == 7
    assert voucher_total(Document(form="M26", tables={"lines": [{"carried": 7}]})) == 0
