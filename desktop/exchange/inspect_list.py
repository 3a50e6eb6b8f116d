"""Says what a spreadsheet is and what it would be imported as, in the shape the command line prints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.dossier.document import Level
from desktop.dossier.rules.report import problem_json
from desktop.exchange.errors import SpreadsheetError
from desktop.exchange.sheet_kinds import BENEFICIARIES, SheetKind, kind_named
from desktop.exchange.sheet_letters import Letters, Reading
from desktop.exchange.sheet_walk import SheetList
from desktop.exchange.spreadsheet import Sheet, open_sheet, open_whole, recognise


def inspect_list(path: Path, letters: str = "", kind: str = "", form: str = "") -> dict[str, Any]:
    """Give {"ok": true, "kind", "form", "encoding", "columns", "rows", "count", "total", "problems", …}.

    `letters`, `kind` and `form` are what a person chose instead of the guesses. Raises SpreadsheetError (also
    unknown_choice), UnknownForm.
    """
    chosen = _kind(kind, form)
    sheet = open_sheet(path, chosen, chosen_letters(letters)) if chosen else recognise(path, chosen_letters(letters))
    found = sheet.read()
    return {"ok": True, "kind": sheet.kind.key, **_facts(sheet), "rows": found.rows, **_result(found)}


def check_list(path: Path, letters: str = "") -> dict[str, Any]:
    """Give {"ok", "kind": "beneficiaries", "encoding", "count", "total", "problems"} of a list of payees.

    `ok` is false when a cell has an error. Raises SpreadsheetError.
    """
    sheet = open_whole(path, BENEFICIARIES, chosen_letters(letters))
    found = sheet.read()
    ok = all(problem.level is not Level.ERROR for problem in found.problems)
    return {"ok": ok, "kind": sheet.kind.key, **_facts(sheet), **_result(found)}


def _facts(sheet: Sheet) -> dict[str, Any]:
    headings = sheet.layout.headings
    taken = set(sheet.layout.columns.values())
    return {
        "label": sheet.kind.label,
        "form": sheet.kind.form or None,
        "encoding": _encoding(sheet.book.reading),
        "heading_row": sheet.layout.first_row,
        "columns": {key: headings[index] for key, index in sheet.layout.columns.items() if index < len(headings)},
        "ignored": [words for index, words in enumerate(headings) if words and index not in taken],
        "source": sheet.layout.fingerprint,
    }


def _encoding(reading: Reading) -> dict[str, Any]:
    others = [{"letters": str(sample.letters), "label": sample.label, "line": sample.line} for sample in reading.others]
    return {
        "letters": str(reading.letters),
        "label": reading.label,
        "certain": reading.certain,
        "line": reading.line,
        "others": others,
    }


def _result(found: SheetList) -> dict[str, Any]:
    return {
        "count": len(found.rows),
        "total": found.total,
        "problems": [problem_json(problem) for problem in found.problems],
    }


def chosen_letters(name: str) -> Letters | None:
    """Give the letters a person chose by name, None for "". Raises SpreadsheetError unknown_choice."""
    if name and name not in set(Letters):
        raise SpreadsheetError("unknown_choice", f"Bảng mã phải là một trong: {', '.join(Letters)}. Hãy chọn lại.")
    return Letters(name) if name else None


def _kind(name: str, form: str) -> SheetKind | None:
    kind = kind_named(name, form) if name or form else None
    if name and kind is None:
        message = "Loại danh sách phải là beneficiaries, students, estimate, catalogue, hoặc lines kèm --form."
        raise SpreadsheetError("unknown_choice", f"{message} Hãy chọn lại.")
    return kind or (kind_named("lines", form) if form else None)
