"""A new form knows the unit and nothing else."""

from __future__ import annotations

import pytest

from desktop.dossier.document import Document
from desktop.dossier.filling import blank, missing_required
from tests.unit.dossier.samples import CONTRACT, LIST, ORDER, SETTLEMENT, UNIT, WITHDRAWAL, change

TODAY = "2026-11-23"


@pytest.mark.parametrize(
    ("form", "filled"),
    [
        ("M13", {"budget_year": 2026, "chapter": "800", "account": UNIT.estimate_account, "unit_name": UNIT.name}),
        ("M17", {"made_date": TODAY, "account": UNIT.deposit_account, "paying_unit": UNIT.name}),
        ("M10", {"budget_year": 2026, "account": UNIT.estimate_account, "treasury": UNIT.treasury_name}),
        ("M20", {"unit_name": UNIT.name, "budget_unit_code": UNIT.code}),
    ],
)
def test_fills_what_is_registered(form: str, filled: dict[str, str | int]) -> None:
    document = blank(form, UNIT, TODAY)
    assert filled.items() <= document.fields.items()
    assert document.choices == {}
    assert document.tables == {"lines": []}


@pytest.mark.parametrize("form", ["M10", "M13", "M17", "M20"])
def test_makes_nothing_up(form: str) -> None:
    known = {*UNIT.model_dump().values(), 2026, TODAY}
    assert set(blank(form, UNIT, TODAY).fields.values()) <= known


@pytest.mark.parametrize("document", [WITHDRAWAL, ORDER, SETTLEMENT, LIST])
def test_a_filled_form_misses_nothing(document: Document) -> None:
    assert missing_required(document) == []


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
    ],
)
def test_names_what_is_missing(document: Document, missing: list[str]) -> None:
    assert missing_required(document) == missing
