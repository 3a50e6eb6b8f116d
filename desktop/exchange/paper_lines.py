"""Turns the lines of a layout into what stands on them: words, blanks with their dots, days, tick boxes.

The grammar of a line is that of desktop.dossier.form_layout.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from desktop.dossier.document import Document, Value
from desktop.dossier.form_parts import Choice, Field
from desktop.dossier.forms import Form
from desktop.exchange.paper_values import day_parts, field_text

Shown = dict[str, Any]
"""A part of the page as the template reads it: every leaf a string, a number or a bool."""
_PLACE = re.compile(r"\[(\w+)(?:=([^\]]*))?\]|\{(\w+)(?::(\d+))?\}|<(\w+)>")
_SIGN = re.compile(r"[()]")
_OPEN_END = "…. :"


class Writer:
    """Writes the lines of one document; `blanks` are all places a line may name, by key."""

    def __init__(self, document: Document, form: Form) -> None:
        self._values: Mapping[str, Value] = document.fields
        self._choices = document.choices
        self._form = form
        treasury = form.treasury_block
        own = [*treasury.fields, *(field for part in treasury.sections for field in part.fields)] if treasury else []
        self.blanks = {field.key: field for field in own} | form.fields_by_key

    def line(self, text: str, align: str = "left", bold: bool = False) -> Shown:
        """Give one line of paper; raises KeyError when it names a place that the form does not have."""
        parts: list[Shown] = []
        end = 0
        for found in _PLACE.finditer(text):
            parts += _words(text[end : found.start()])
            parts.append(self._place(found))
            end = found.end()
        return {"kind": "line", "align": align, "bold": bold, "parts": parts + _words(text[end:])}

    def lines(self, texts: tuple[str, ...]) -> list[Shown]:
        """Give several lines."""
        return [self.line(text) for text in texts]

    def boxes(self, choice: Choice) -> list[Shown]:
        """Give the tick boxes of a choice of the form."""
        ticked = choice.ticked(self._choices.get(choice.key))
        return [{"label": box.label.rstrip(_OPEN_END), "on": box.value in ticked} for box in choice.options]

    def _place(self, found: re.Match[str]) -> Shown:
        labelled, words, bare, width, choice = found.groups()
        if choice:
            return {"kind": "boxes", "boxes": self.boxes(self._form.choices_by_key[choice])}
        field = self.blanks[labelled or bare]
        if field.type == "date":
            return {"kind": "day", "start": words or _start(field), **day_parts(self._values.get(field.key))}
        if field.type == "choice" and field.filled_by == "treasury":
            return {"kind": "boxes", "boxes": [{"label": option.label, "on": False} for option in field.options]}
        if words is not None or bare:
            return self._blank(field, words or "", "", int(width or 0))
        return self._blank(field, field.label.rstrip(_OPEN_END), field.footnote or "", 0)

    def _blank(self, field: Field, label: str, mark: str, width: int) -> Shown:
        value = field_text(self._values.get(field.key), field)
        return {"kind": "blank", "label": label, "mark": _SIGN.sub("", mark), "value": value, "width": width}


def _start(field: Field) -> str:
    """The words before a day: "ngày" where the label itself is a row of places to fill in."""
    return "ngày" if re.search(r"[.…]{2}|…|\(|^ngày$", field.label) else f"{field.label}: ngày"


def _words(text: str) -> list[Shown]:
    return [{"kind": "text", "text": text}] if text else []
