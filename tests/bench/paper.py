"""Every form as PDF, against the least that the same printer does: an empty page."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import typst

from desktop.assets import font_dir
from desktop.demo.unit import UNIT
from desktop.dossier.document import Document, Dossier, Row
from desktop.dossier.pack import form_of
from desktop.exchange.paper_pack import print_pack
from desktop.exchange.printing import print_document
from tests.bench.measure import Line
from tests.bench.people import beneficiaries
from tests.bench.workbench import Workbench
from tests.fixtures.forms_filled import FORM_IDS, filled

EMPTY = "Typst alone, an empty page"


def lines(bench: Workbench) -> Iterator[Line]:
    """Printing."""
    papers = {f"PDF of Mẫu {form_of(form_id).number}": filled(form_id) for form_id in FORM_IDS}
    papers["PDF of Mẫu 20, 300 people"] = beneficiaries(300)
    for what, document in papers.items():
        yield bench.pace.compare(what, _printing(document), EMPTY, _empty_page(bench.folder))
    dossier = Dossier(local_id="d1", number="0443", title="Lương", documents=(filled("M13"), filled("M20")))
    pack = bench.pace.compare(
        "paper pack of Mẫu 13 and 20, 6 pages", _packing(dossier), EMPTY, _empty_page(bench.folder)
    )
    yield pack


def _printing(document: Document) -> Callable[[], bytes]:
    """Print other words and amounts each time, since Typst remembers what it has laid out before."""
    numbers = itertools.count(1)
    return lambda: print_document(_changed(document, next(numbers)))


def _packing(dossier: Dossier) -> Callable[[], object]:
    numbers = itertools.count(1)

    def call() -> object:
        number = next(numbers)
        documents = tuple(_changed(document, number) for document in dossier.documents)
        changed = dossier.model_copy(update={"title": f"Lương {number}", "documents": documents})
        return print_pack(changed, UNIT, f"Mất mạng từ ngày {number}", "2026-11-24")

    return call


def _changed(document: Document, number: int) -> Document:
    fields = form_of(document.form).fields_by_key
    own = {key: f"{value} {number}" for key, value in document.fields.items() if fields[key].type == "text"}
    tables = {key: [_bumped(row, number) for row in rows] for key, rows in document.tables.items()}
    return document.model_copy(update={"fields": document.fields | own, "tables": tables})


def _bumped(row: Row, number: int) -> Row:
    return {key: value + number if isinstance(value, int) and value > 9_999 else value for key, value in row.items()}


def _empty_page(folder: Path) -> Callable[[], object]:
    page = folder / "empty.typ"
    page.touch()
    numbers = itertools.count()

    def call() -> object:
        data = {"data": str(next(numbers))}
        return typst.compile(page, font_paths=[font_dir()], ignore_system_fonts=True, format="pdf", sys_inputs=data)

    return call
