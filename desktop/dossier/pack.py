"""Load the form pack once; a pack that does not fit the models stops the program at once, not at print time."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from desktop.dossier.forms import Form, Pack, UnknownForm

VERSION = "347-2025"


@cache
def load_pack(version: str = VERSION) -> Pack:
    """Return the pack of a version, read from package data and checked against the models.

    Raises UnknownForm for a version this program does not carry, pydantic.ValidationError for a broken pack.
    """
    if version != VERSION:
        raise UnknownForm.named(version)
    folder = files("desktop.dossier") / "packs" / version
    index = json.loads((folder / "pack.json").read_text(encoding="utf-8"))
    index["forms"] = [json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in index["forms"]]
    return Pack.model_validate(index)


def form_of(ref: str) -> Form:
    """Return a form of the current pack by id, symbol or number; raises UnknownForm."""
    return load_pack().form(ref)
