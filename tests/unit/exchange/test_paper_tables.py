"""Proofs of the tables on paper: rows under their groups, sums, nested heads, rows below, blocks of accounts."""

from typing import Any

import pytest

from desktop.dossier.compute import compute
from desktop.dossier.document import Document
from desktop.dossier.pack import form_of
from desktop.exchange.paper_tables import tables_of
from tests.fixtures.forms_filled import filled
from tests.unit.exchange.papers import payees, withdrawal


def table(document: Document, key: str = "lines", repeat: str | None = None) -> dict[str, Any]:
    form = form_of(document.form)
    return tables_of(document, form, compute(document, form))[key].shown(repeat)


def rows(document: Document, key: str = "lines") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = table(document, key)["rows"]
    return found


def test_cells_are_written_out() -> None:
    assert rows(withdrawal())[0]["cells"][2] == "18/11/2026"


def test_the_voucher_has_its_total_last() -> None:
    *lines, total = rows(withdrawal(3))
    assert [line["kind"] for line in lines] == ["row"] * 3
    assert (total["kind"], total["label"], total["span"], total["cells"][-1]) == ("total", "Tổng cộng", 8, "18.450.000")


def test_the_list_has_its_total_first_and_every_group() -> None:
    heads = [(row["kind"], row["label"], row["cells"][-1]) for row in rows(payees(4)) if row["kind"] != "row"]
    assert heads == [
        ("total", "Tổng số", "4.000.006"),
        ("group", "I. Công chức", "1.000.001"),
        ("group", "II. Viên chức", "1.000.002"),
        ("group", "III. Lao động hợp đồng", "0"),
        ("group", "IV. Đối tượng khác", "2.000.003"),
    ]


def test_sums_over_nothing_stay_blank() -> None:
    assert {cell for row in rows(Document(form="M20")) for cell in row["cells"]} == {""}
    total = rows(filled("M12"))[-1]
    assert total["cells"][-2:] == ["", ""]


def test_numbers_of_payees_start_again_in_each_group() -> None:
    assert [row["cells"][0] for row in rows(payees(6)) if row["kind"] == "row"] == ["1", "2"] * 3


@pytest.mark.parametrize(("form", "numbers"), [("M01", ["1", "2"]), ("M30", ["1.1", "2.1"]), ("I03A", ["1", "2"])])
def test_lines_are_numbered_as_the_form_does(form: str, numbers: list[str]) -> None:
    assert [row["cells"][0] for row in rows(filled(form)) if row["kind"] == "row"] == numbers


def test_a_payee_without_a_known_group_stands_with_the_others() -> None:
    lines = [{"name": "A", "amount": 5}, {"name": "B", "group": "?", "amount": 6}]
    shown = rows(Document(form="M20", tables={"lines": lines}))
    assert [row["cells"][1] for row in shown if row["kind"] == "row"] == ["A", "B"]
    assert shown[-3]["label"] == "IV. Đối tượng khác"


def test_an_empty_form_has_lines_to_write_on() -> None:
    assert [row["kind"] for row in rows(Document(form="M13"))] == ["row"] * 3 + ["total"]
    assert [row["kind"] for row in rows(Document(form="M15"))] == ["band", "row"] * 3 + ["below", "total"]


def test_nested_heads_are_named_from_the_top() -> None:
    columns = table(filled("M31"))["columns"]
    assert columns[5]["path"] == ["Dự toán năm được chi", "Số dư năm trước chuyển sang"]
    assert columns[4]["path"] == ["Dự toán năm được chi"]
    assert columns[0]["path"] == []


def test_who_is_paid_abroad_stands_below_the_line() -> None:
    (below,) = [row for row in rows(filled("M15")) if row["kind"] == "below"]
    assert below["pairs"][3] == {"label": "SWIFT", "value": "COEBLALA"}


def test_the_treasury_has_a_row_of_its_own_under_the_total() -> None:
    *_, total, band, empty = table(filled("M26"), repeat="Phần Kho bạc Nhà nước ghi")["rows"]
    assert (total["kind"], band["label"]) == ("total", "Phần Kho bạc Nhà nước ghi")
    assert set(empty["cells"]) == {""}


def test_each_account_is_a_block_of_four_lines() -> None:
    document, form = filled("M32"), form_of("M32")
    shown = tables_of(document, form, compute(document))["accounts"].across(form.layout.across["accounts"])
    bands = [row["label"] for row in shown["rows"] if row["kind"] == "band"]
    assert bands == ["Tài khoản: 3713.4.1098765", "Tài khoản: 3714.4.1098765"]
    assert [row["cells"][:2] for row in shown["rows"][1:5]] == [
        ["Số dư đầu kỳ", "64.000.000"],
        ["Phát sinh tăng trong kỳ", "12.350.000"],
        ["Phát sinh giảm trong kỳ", "30.125.500"],
        ["Số dư cuối kỳ", "46.224.500"],
    ]


def test_every_specimen_has_its_named_row_and_its_pictures() -> None:
    shown = [row["cells"] for row in rows(filled("M24"), "specimens") if row["kind"] == "row"]
    assert [cells[0] for cells in shown] == [
        "Chủ tài khoản",
        *["Người được ủy quyền"] * 3,
        "Kế toán trưởng",
        *["Người được ủy quyền"] * 2,
    ]
    assert shown[0][1:] == ["Vi Đình Thắng", "Chủ tịch UBND xã", {"picture": ""}, {"picture": ""}]


def test_foreign_money_adds_up_in_its_own_currency() -> None:
    assert rows(filled("M15"))[-1]["cells"][-2:] == ["1.234,50", "31.418.643"]


def test_what_the_treasury_repeats_is_empty() -> None:
    document, form = filled("M23"), form_of("M23")
    shown = tables_of(document, form, compute(document))["booking"].blank()
    assert {cell for row in shown["rows"] for cell in row["cells"]} == {""}
