"""Proofs that exactly the required and empty blanks are listed, conditions included."""

import pytest

from desktop.dossier.document import Document
from desktop.dossier.pack import form_of
from desktop.exchange.dvc_missing import blank_name, missing_paths
from tests.unit.exchange.papers import payees, payment_order, settlement, withdrawal


def missing(document: Document, **changes: object) -> list[str]:
    changed = document.model_copy(update=changes)
    return missing_paths(changed, form_of(changed.form))


@pytest.mark.parametrize("document", [withdrawal(), payment_order(), settlement(), payees()], ids=lambda d: d.form)
def test_a_filled_form_lacks_nothing(document: Document) -> None:
    assert missing(document) == []


@pytest.mark.parametrize("empty", [None, ""])
def test_an_empty_value_is_missing(empty: str | None) -> None:
    document = withdrawal()
    assert missing(document, fields={**document.fields, "address": empty}) == ["fields.address"]


def test_a_choice_and_a_table_that_are_missing() -> None:
    document = withdrawal()
    choices = {key: value for key, value in document.choices.items() if key != "estimate_kind"}
    assert missing(document, choices=choices, tables={}) == ["choices.estimate_kind", "tables.lines"]


def test_a_cell_is_named_by_its_row() -> None:
    document = withdrawal(2)
    first, second = document.tables["lines"]
    lines = [first, {key: value for key, value in second.items() if key not in ("econ", "amount")}]
    assert missing(document, tables={"lines": lines}) == ["tables.lines[1].econ", "tables.lines[1].amount"]


def test_parts_of_a_contract_are_missing_only_when_there_is_one() -> None:
    document = withdrawal()
    parts = ("contract_no", "contract_date", "contract_total", "contract_party", "contract_kind")
    without = {key: value for key, value in document.fields.items() if key not in parts}
    assert missing(document, fields=without) == []
    found = missing(document, fields={**without, "contract_no": "17"})
    assert set(found) == {f"fields.{part}" for part in parts[1:]}


def test_an_invoice_number_asks_for_its_date() -> None:
    document = withdrawal(1)
    row = {**document.tables["lines"][0], "invoice_date": None}
    assert missing(document, tables={"lines": [row]}) == ["tables.lines[0].invoice_date"]
    assert missing(document, tables={"lines": [{**row, "invoice_no": None}]}) == []


def test_what_the_treasury_or_the_program_fills_is_never_missing() -> None:
    paths = missing_paths(Document(form="M20"), form_of("M20"))
    assert "fields.dossier_code" not in paths
    assert "fields.qr_code" not in paths
    assert "tables.lines" in paths


def test_blanks_are_named_as_on_the_form() -> None:
    paths = ("fields.address", "choices.estimate_kind", "tables.lines", "tables.lines[1].econ")
    assert [blank_name(withdrawal(2), path) for path in paths] == [
        "«Địa chỉ»",
        "Dự toán tạm cấp / Dự toán chính thức",
        "dòng chi tiết",
        "Dòng 2, cột «Mã nội dung kinh tế»",
    ]
