"""A new form knows the unit and nothing else."""

from __future__ import annotations

import pytest

from desktop.dossier.document import Document
from desktop.dossier.filling import blank, missing_required
from desktop.dossier.pack import form_of
from desktop.dossier.rules import CheckContext, check_document
from tests.fixtures.forms_filled import FORM_IDS, filled
from tests.unit.dossier.edits import edit, edit_row
from tests.unit.dossier.samples import CONTRACT, LIST, UNIT, WITHDRAWAL, change

TODAY = "2026-11-23"


@pytest.mark.parametrize(
    ("form", "filled"),
    [
        ("M13", {"budget_year": 2026, "chapter": "800", "account": UNIT.estimate_account, "unit_name": UNIT.name}),
        ("M17", {"made_date": TODAY, "account": UNIT.deposit_account, "paying_unit": UNIT.name}),
        ("M10", {"budget_year": 2026, "account": UNIT.estimate_account, "treasury": UNIT.treasury_name}),
        ("M20", {"unit_name": UNIT.name, "budget_unit_code": UNIT.code}),
        ("M08", {"paying_unit": UNIT.name, "drawing_unit": UNIT.name, "account_treasury": UNIT.treasury_name}),
        ("M14", {"remit_payer_name": UNIT.name, "remit_accounting_treasury": UNIT.treasury_name}),
        ("M22", {"reference_year": 2025, "average_year": 2025, "requested_treasury": UNIT.treasury_name}),
        ("M24", {"name": UNIT.name, "budget_unit_code": UNIT.code, "treasury": UNIT.treasury_name}),
        ("M26", {"quarter": "III", "year": 2026, "budget_level": "4", "chapter": "800"}),
        ("M27", {"quarter": "III", "budget_level": "4"}),
        ("M31", {"from_year": 2026, "to_year": 2027}),
        ("M32", {"month": 10, "year": 2026}),
        ("I04A", {"investor": UNIT.name, "year": 2026, "document_date": TODAY, "addressee": UNIT.treasury_name}),
        ("I05A", {"budget_year": 2026, "plan_year": 2026, "unit_code": UNIT.code}),
    ],
)
def test_fills_what_is_registered(form: str, filled: dict[str, str | int]) -> None:
    document = blank(form, UNIT, TODAY)
    assert filled.items() <= document.fields.items()
    assert document.choices == {}
    assert document.tables.keys() == form_of(form).tables_by_key.keys()


@pytest.mark.parametrize("form", FORM_IDS)
def test_makes_nothing_up(form: str) -> None:
    document = blank(form, UNIT, TODAY)
    known = {*UNIT.model_dump().values(), 2025, 2026, 2027, 10, "III", TODAY}
    assert set(document.fields.values()) <= known
    assert set(document.choices.items()) <= {("currency", "VND")}
    assert not any(document.tables.values())


@pytest.mark.parametrize("form", FORM_IDS)
def test_puts_in_only_what_the_check_is_content_with(form: str) -> None:
    found = check_document(blank(form, UNIT, TODAY), CheckContext(today=TODAY, unit=UNIT))
    filled_in = blank(form, UNIT, TODAY).fields
    assert [item.message for item in found if item.where.field in filled_in and item.rule != "M16-1"] == []


@pytest.mark.parametrize(
    ("form", "today", "period"),
    [
        ("M26", "2027-01-05", {"quarter": "IV", "year": 2026}),
        ("M26", "2026-04-01", {"quarter": "I", "year": 2026}),
        ("M28", "2027-01-05", {"year": 2026}),
        ("M32", "2027-01-05", {"month": 12, "year": 2026}),
        ("M30", "2027-02-01", {"from_year": 2026, "to_year": 2027}),
    ],
)
def test_a_table_is_for_the_period_that_has_ended(form: str, today: str, period: dict[str, int | str]) -> None:
    assert period.items() <= blank(form, UNIT, today).fields.items()


def test_money_for_the_budget_is_in_dong_until_someone_says_otherwise() -> None:
    assert [blank(form, UNIT, TODAY).choices for form in ("M01", "M02", "M03")] == [{"currency": "VND"}] * 3


@pytest.mark.parametrize("form", FORM_IDS)
def test_a_filled_form_misses_nothing(form: str) -> None:
    assert missing_required(filled(form)) == []


@pytest.mark.parametrize(
    ("document", "missing"),
    [
        (
            blank("M13", UNIT, TODAY),
            [
                *["fields.document_no", "fields.general_content"],
                *["choices.estimate_kind", "choices.spending_kind", "choices.payment_mode", "tables.lines"],
            ],
        ),
        (change(WITHDRAWAL, row={"sector": ""}), ["tables.lines[0].sector"]),
        (change(WITHDRAWAL, {"payee_bank": None}), ["fields.payee_bank"]),
        (change(WITHDRAWAL, {**CONTRACT, "contract_date": None}), ["fields.contract_date"]),
        (change(LIST, row={"bank": " "}), ["tables.lines[0].bank"]),
        (change(WITHDRAWAL, row={"econ": "65"}), []),
        (edit(filled("M08"), paying_unit=None), ["fields.paying_unit"]),
        (edit_row(filled("M15"), row=2, payee_account=None), ["tables.lines[2].payee_account"]),
        (edit(filled("M18"), payee_name=None), ["fields.payee_name"]),
        (edit(filled("M24"), {"request_kind": ""}), ["choices.request_kind"]),
        (edit(filled("I05A"), {"payment_mode": ""}), ["choices.payment_mode"]),
    ],
)
def test_names_what_is_missing(document: Document, missing: list[str]) -> None:
    assert missing_required(document) == missing
