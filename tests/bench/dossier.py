"""The checks that run at every change in the editor, against reading the same cells in a plain loop."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from importlib.resources import files

from desktop.dossier.document import Document
from desktop.dossier.forms import Form
from desktop.dossier.pack import VERSION, form_of, load_pack
from desktop.dossier.rules import CheckContext, check_document, has_errors
from desktop.dossier.words import amount_in_words
from tests.bench.measure import Line
from tests.bench.people import beneficiaries
from tests.bench.workbench import Workbench
from tests.unit.dossier.samples import PEOPLE, UNIT, WITHDRAWAL

CONTEXT = CheckContext(today="2026-11-23", unit=UNIT, people=PEOPLE)
AMOUNT = 987_654_321_015


def lines(bench: Workbench) -> Iterator[Line]:
    """Check, pack and words."""
    pace = bench.pace
    for what, document, unit in (
        ("check of one Mẫu 13", WITHDRAWAL, "µs"),
        ("check of a Mẫu 20 of 1,000 lines", beneficiaries(1_000), "ms"),
    ):
        yield _check(bench, what, document, unit)
    yield pace.compare(
        "form pack, read and checked", load_pack.__wrapped__, "the same files, json.loads only", _plain_pack
    )
    yield pace.compare(
        "amount in words", lambda: amount_in_words(AMOUNT), "str() of the same number", lambda: str(AMOUNT), "µs"
    )


def _check(bench: Workbench, what: str, document: Document, unit: str) -> Line:
    assert not has_errors(check_document(document, CONTEXT)), "a right document is measured"
    return bench.pace.compare(
        what,
        lambda: check_document(document, CONTEXT),
        "sum and required cells, plain loop",
        partial(_plain_check, document, form_of(document.form)),
        unit,
    )


def _plain_check(document: Document, form: Form) -> tuple[int, list[str]]:
    """What a spreadsheet does: add the amounts, see that required cells are filled."""
    table, column = str(form.amount).split(".")
    required = [item.key for item in form.line_tables[0].columns if item.required == "yes"]
    fields = form.fields_by_key.items()
    missing = [key for key, field in fields if field.required == "yes" and not document.fields.get(key)]
    total = 0
    for row in document.tables[table]:
        total += int(row[column] or 0)
        missing += [key for key in required if not row.get(key)]
    return total, missing


def _plain_pack() -> list[object]:
    folder = files("desktop.dossier") / "packs" / VERSION
    names = ["pack", *json.loads((folder / "pack.json").read_text("utf-8"))["forms"]]
    return [json.loads((folder / f"{name}.json").read_text("utf-8")) for name in names]
