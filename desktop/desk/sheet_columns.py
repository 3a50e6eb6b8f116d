"""Which column of a spreadsheet is what: guessed by its heading, remembered for its source, confirmed by a person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from desktop.dossier.list_views import LettersView, ListField, ListProposal
from desktop.exchange.spreadsheet import Sheet
from desktop.store.store import Store

_REMEMBERED = "sheet_mapping"
_SAMPLE_ROWS = 4
_SAMPLE_SIGNS = 40


def propose_columns(store: Store, sheet: Sheet, path: Path) -> ListProposal:
    """Say how a file would be read: by the mapping remembered for its source, else by its heading."""
    known, letters_known = _remembered(store, sheet)
    keys = {target.key for target in sheet.kind.targets if target.key != "stt"}
    guessed = {index: key for key, index in sheet.layout.columns.items() if key in keys}
    reading = sheet.book.reading
    return ListProposal(
        path,
        sheet.kind.form,
        LettersView(str(reading.letters), reading.label, reading.line),
        reading.certain or letters_known == str(reading.letters),
        tuple(LettersView(str(sample.letters), sample.label, sample.line) for sample in reading.others),
        sheet.layout.headings,
        known or guessed,
        tuple(ListField(t.key, t.label, t.key in sheet.kind.heading) for t in sheet.kind.targets if t.key != "stt"),
        _sample(sheet),
        sheet.layout.fingerprint,
        bool(known),
    )


def remember_columns(store: Store, sheet: Sheet, columns: Mapping[int, str], letters: str) -> None:
    """Keep what a person confirmed for the next file with the same heading."""
    kept = {"columns": {str(index): key for index, key in columns.items()}, "letters": letters}
    store.settings.set(_setting(sheet), json.dumps(kept))


def _remembered(store: Store, sheet: Sheet) -> tuple[dict[int, str], str]:
    """The columns and letters a person confirmed for this source; ({}, "") before."""
    kept = store.settings.get(_setting(sheet))
    if not kept:
        return {}, ""
    known = json.loads(kept)
    return {int(index): key for index, key in known["columns"].items()}, str(known["letters"])


def _setting(sheet: Sheet) -> str:
    return f"{_REMEMBERED}:{sheet.kind.key}:{sheet.kind.form}:{sheet.layout.fingerprint}"


def _sample(sheet: Sheet) -> tuple[tuple[str, ...], ...]:
    below = sheet.rows[sheet.layout.first_row :]
    filled = [row for row in below if sum(cell not in (None, "") for cell in row) > 1][:_SAMPLE_ROWS]
    width = len(sheet.layout.headings)
    return tuple(tuple("" if cell is None else str(cell)[:_SAMPLE_SIGNS] for cell in row[:width]) for row in filled)
