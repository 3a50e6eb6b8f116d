"""Looks for what a form's layout names and the form does not have, before anybody prints it (grammar: form_layout)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.dossier.forms import Form

_PLACE = re.compile(r"\[(?P<label>\w+)(?:=[^\]]*)?\]|\{(?P<bare>\w+)(?::\d+)?\}|<(?P<choice>\w+)>")
_TEXT = ("center", "right", "bold")


def unknown_places(form: Form) -> Iterator[str]:
    """Name every blank, choice, table or part that the layout places and the form lacks."""
    layout = form.layout
    lines = [*(layout.title or "").split("\n"), *layout.left, *layout.middle, *layout.right, *layout.body]
    lines += [*layout.treasury, *(line for block in layout.blocks.values() for line in block)]
    known = _known(form)
    for line in lines:
        verb, _, rest = line[1:].partition(" ") if line.startswith("@") else ("", "", line)
        if verb and verb not in _TEXT:
            yield from _parts(verb, rest.split(), known)
        else:
            yield from _places(rest, known)
    yield from {*layout.widths, *layout.across} - known["table"]


def _known(form: Form) -> dict[str, set[str]]:
    treasury = form.treasury_block
    asked = [*treasury.fields, *(field for part in treasury.sections for field in part.fields)] if treasury else []
    blocks, words = {block.key for block in form.blocks}, {item.key for item in form.amounts_in_words}
    return {
        "blank": {*form.fields_by_key, *(field.key for field in asked)},
        "boxes": set(form.choices_by_key),
        "table": set(form.tables_by_key),
        "words": words,
        "block": blocks,
        "beside": blocks | words if treasury else set(),
        "parties": {block.party for block in form.signature_blocks},
        "images": set(form.fields_by_key),
        "treasury": {"signed"} if treasury else set(),
    }


def _places(text: str, known: dict[str, set[str]]) -> Iterator[str]:
    for found in _PLACE.finditer(text):
        name = found["choice"] or found["label"] or found["bare"]
        if name not in known["boxes" if found["choice"] else "blank"]:
            yield name


def _parts(verb: str, names: list[str], known: dict[str, set[str]]) -> Iterator[str]:
    if verb not in known or verb == "blank" or (verb == "treasury" and not known["treasury"]):
        yield f"@{verb}"
        return
    if verb in ("table", "words", "block") and len(names) != 1:
        yield f"@{verb}"
    yield from (name for name in names if name not in known[verb])
