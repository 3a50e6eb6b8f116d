"""Breaches that only the dossier shows, beyond those of a money voucher and its list."""

from __future__ import annotations

from desktop.dossier.rules import CheckContext
from desktop.dossier.rules.whole import SPREADSHEET
from tests.fixtures.forms_filled import filled
from tests.unit.dossier.edits import edit
from tests.unit.dossier.rule_case import SCAN, Case
from tests.unit.dossier.samples import CONTRACT, LIST, WITHDRAWAL, change, dossier

REGISTRATION, WORK, REQUEST, ORDER = (filled(form) for form in ("M24", "I03A", "I04A", "I05A"))
TABLE = SCAN.model_copy(update={"media_type": SPREADSHEET})
CAPITAL = dossier(REQUEST, ORDER, procedure="P8", attachments=(TABLE,))
AGAIN = SCAN.model_copy(update={"sha256": "b" * 64})

DOSSIERS = [
    Case(
        "R-015",
        CAPITAL,
        {},
        "hint",
        dossier(REGISTRATION, procedure="P5"),
        CheckContext(today="2026-02-28"),
        says="từ 01/03/2026",
    ),
    Case(
        "R-010",
        dossier(REGISTRATION, REGISTRATION),
        {"document": 1},
        good=dossier(REGISTRATION, filled("M25")),
        says="hai bản",
        name="a form without a number",
    ),
    Case("R-010", dossier(LIST, LIST), {"document": 1}, good=dossier(LIST), name="a list"),
    Case(
        "R-056",
        dossier(WORK, edit(REQUEST, contract_date="2026-04-16")),
        {"document": 1, "field": "contract_date"},
        "warning",
        dossier(WORK, REQUEST),
        name="a form that has neither total nor party",
    ),
    Case(
        "R-056",
        dossier(REQUEST, change(WITHDRAWAL, CONTRACT | {"contract_no": REQUEST.fields["contract_no"]})),
        {"document": 1, "field": "contract_date"},
        "warning",
        dossier(REQUEST, WITHDRAWAL),
        name="forms of both decrees",
    ),
    Case(
        "R-900",
        CAPITAL.model_copy(update={"procedure": "P3"}),
        {},
        "warning",
        CAPITAL,
        says="Chuyển sang một trong các loại này",
        name="a spreadsheet",
    ),
    Case(
        "R-900",
        dossier(REQUEST, attachments=(SCAN, AGAIN)),
        {},
        "warning",
        dossier(REQUEST, attachments=(SCAN, AGAIN.model_copy(update={"size": 1}))),
        says="trùng tên và cỡ",
    ),
]
