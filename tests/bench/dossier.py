"""The checks that run at every change in the editor, against reading the same cells in a plain loop."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from importlib.resources import files

from desktop.dossier.compute import voucher_total
from desktop.dossier.document import Document
from desktop.dossier.forms import Form
from desktop.dossier.pack import VERSION, form_of, read_pack
from desktop.dossier.rules import CheckContext, check_document, check_dossier, has_errors
from desktop.dossier.words import amount_in_words
from tests.bench.measure import Line
from tests.bench.people import beneficiaries
from tests.bench.workbench import Workbench
from tests.fixtures.forms_filled import filled
from tests.unit.dossier.samples import PEOPLE, UNIT, WITH_LIST, WITHDRAWAL, change, dossier

CONTEXT = CheckContext(today="2026-11-23", unit=UNIT, people=PEOPLE)
AMOUNT = 987_654_321_015


def lines(bench: Workbench) -> Iterator[Line]:
    """Check, pack and words."""
    pace = bench.pace
    for what, document, unit in (
        ("check of one Mẫu 13", WITHDRAWAL, "µs"),
        ("check of a Mẫu 20 of 1,000 lines", beneficiaries(1_000), "ms"),
        ("check of a Mẫu 14 of 1,000 lines", long_document(filled("M14"), 1_000), "ms"),
    ):
        yield _check(bench, what, document, unit)
    yield _check_dossier(bench)
    yield pace.compare(
        "form pack, read and checked", partial(read_pack, _file), "the same files, json.loads only", _plain_pack
    )
    yield pace.compare(
        "amount in words", lambda: amount_in_words(AMOUNT), "str() of the same number", lambda: str(AMOUNT), "µs"
    )


def long_document(document: Document, count: int) -> Document:
    """The same form with its first line so many times, under no contract and in the words of the longer total."""
    fields = {key: value for key, value in document.fields.items() if not key.startswith("contract_")}
    lines = [document.tables["lines"][0]] * count
    return document.model_copy(update={"fields": fields, "tables": {"lines": lines}})


def _check_dossier(bench: Workbench) -> Line:
    people = beneficiaries(1_000)
    voucher = change(WITH_LIST, row={"amount": voucher_total(people)})
    whole = dossier(voucher, people)
    assert not has_errors(check_dossier(whole, CONTEXT)), "a right dossier is measured"
    return bench.pace.compare(
        "check of a dossier: Mẫu 13 and a Mẫu 20 of 1,000 lines",
        lambda: check_dossier(whole, CONTEXT),
        "sum and required cells, plain loop",
        lambda: [_plain_check(item, form_of(item.form)) for item in whole.documents],
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


def _file(name: str) -> bytes:
    return (files("desktop.dossier") / "packs" / VERSION / name).read_bytes()


def _plain_pack() -> list[object]:
    names = ["pack", *json.loads(_file("pack.json"))["forms"]]
    return [json.loads(_file(f"{name}.json")) for name in names]
