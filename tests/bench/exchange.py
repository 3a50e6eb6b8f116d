"""Files in and out, against the least that the same library must do with the same bytes."""

from __future__ import annotations

import csv
import warnings
import xml.parsers.expat
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import python_calamine

from desktop.exchange.dvc import read_dvc
from desktop.exchange.dvc_export import export_dvc
from desktop.exchange.spreadsheet import read_beneficiaries
from tests.bench.measure import Line
from tests.bench.people import payee_rows, spreadsheet
from tests.bench.workbench import Workbench
from tests.unit.exchange.books import TO_TCVN3, ods
from tests.unit.exchange.papers import withdrawal
from tests.unit.exchange.vouchers import C202A, LINE_C202, saved, voucher

EXPAT = "expat alone, no handlers"


def lines(bench: Workbench) -> Iterator[Line]:
    """Importing and exporting."""
    yield _import("import of a voucher of 1 line", 1, bench)
    yield _import("import of a voucher of 200 lines", 200, bench)
    yield _import("import of a voucher of 1,000 lines", 1_000, bench)
    yield _export(1_000, bench)
    sheet = spreadsheet(bench.folder / "list.xlsx", 1_000)
    assert len(read_beneficiaries(sheet).rows) == 1_000
    yield bench.pace.compare(
        "import of an .xlsx of 1,000 payees",
        lambda: read_beneficiaries(sheet),
        "openpyxl alone, all cells read",
        lambda: _cells(sheet),
    )
    yield from _lists(bench)


def _lists(bench: Workbench) -> Iterator[Line]:
    """The same list in the other formats, each against its own library reading all cells."""
    book = ods(bench.folder / "list.ods", [list(row) for row in payee_rows(1_000)])
    assert len(read_beneficiaries(book).rows) == 1_000
    yield bench.pace.compare(
        "import of an .ods of 1,000 payees, in a process of its own",
        lambda: read_beneficiaries(book),
        "calamine alone, in this process",
        lambda: python_calamine.load_workbook(str(book)).get_sheet_by_index(0).to_python(),
    )
    text = bench.folder / "list.csv"
    text.write_bytes(
        "\n".join(";".join(map(str, row)) for row in payee_rows(1_000)).translate(TO_TCVN3).encode("latin-1")
    )
    assert read_beneficiaries(text).rows[0]["name"] == payee_rows(2)[1][1]
    yield bench.pace.compare(
        "import of a TCVN3 .csv of 1,000 payees, letters guessed",
        lambda: read_beneficiaries(text),
        "csv.reader alone, all cells read",
        lambda: sum(len(row) for row in csv.reader(text.read_text("latin-1").splitlines(), delimiter=";")),
    )


def _import(what: str, count: int, bench: Workbench) -> Line:
    total = ("double", str(15_400_000 * count))
    content = voucher({**C202A, "tongSoTien": total}, [LINE_C202] * count)
    path = saved(bench.folder, content)
    assert read_dvc(path).lines == count
    return bench.pace.compare(what, lambda: read_dvc(path), EXPAT, lambda: _parse(path))


def _export(count: int, bench: Workbench) -> Line:
    document = withdrawal(count)
    path = bench.folder / "export.xml"
    path.write_bytes(export_dvc(document).xml)
    return bench.pace.compare(
        f"export of a voucher of {count:,} lines", lambda: export_dvc(document), EXPAT, lambda: _parse(path)
    )


def _parse(path: Path) -> None:
    xml.parsers.expat.ParserCreate().Parse(path.read_bytes(), True)


def _cells(path: Path) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            return sum(1 for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for _ in row)
        finally:
            book.close()
