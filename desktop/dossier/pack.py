"""The form packs in force: the one the program carries, and those that came later as signed files.

A pack that does not fit the models stops at once, not at print time. Which packs are known and which one new drafts
use is one fact of the process, like the program itself: packs are what the units on a machine share.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from desktop.dossier.errors import VungXaError
from desktop.dossier.forms import Form, Pack, UnknownForm

VERSION = "347-2025"
"""The pack inside the program."""


class PackError(VungXaError):
    """Says why a pack cannot be used; codes "unknown_pack", "bad_pack"."""


class Shelf:
    """Every pack this process knows; the newest one that is in force serves new drafts."""

    def __init__(self) -> None:
        self._packs: dict[str, Pack] = {}
        self._active = VERSION

    def put(self, pack: Pack) -> None:
        """Make a pack known, in place of one of the same version."""
        self._packs[pack.version] = pack

    def use(self, version: str) -> None:
        """Let new drafts follow this pack from now on. Raises PackError unknown_pack."""
        self._active = self.get(version).version

    def get(self, version: str | None = None) -> Pack:
        """Return the pack of a version, the one in use without it. Raises PackError unknown_pack."""
        wanted = version or self._active
        if wanted in self._packs:
            return self._packs[wanted]
        if wanted != VERSION:
            raise PackError(
                "unknown_pack",
                f"Máy chưa có bộ mẫu «{wanted[:40]}». Nhập bộ mẫu này từ Kho bạc hoặc từ USB rồi mở lại.",
            )
        return _built_in()

    def versions(self) -> tuple[str, ...]:
        """Name all known packs by their first day in force, oldest first."""
        known = {VERSION: _built_in(), **self._packs}
        return tuple(sorted(known, key=lambda version: (known[version].valid_from, version)))

    def in_force(self, day: str) -> Pack:
        """Return the newest pack valid on a day ("YYYY-MM-DD"); the one in use when none says it is."""
        valid = [pack for pack in map(self.get, self.versions()) if pack.covers(day)]
        return valid[-1] if valid else self.get()


SHELF = Shelf()


def load_pack(version: str | None = None) -> Pack:
    """Return the pack of a version, the one in use without it. Raises PackError unknown_pack."""
    return SHELF.get(version)


def form_of(ref: str, version: str | None = None) -> Form:
    """Return a form by id, symbol or number, of the pack in use unless a version is given.

    Raises UnknownForm, PackError unknown_pack.
    """
    return SHELF.get(version).form(ref)


def read_pack(read: Callable[[str], bytes]) -> Pack:
    """Build a pack from its files: "pack.json" names the forms, each in "<id>.json".

    Raises pydantic.ValidationError, ValueError or KeyError for a broken pack, and whatever `read` raises.
    """
    index = json.loads(read("pack.json"))
    index["forms"] = [json.loads(read(f"{name}.json")) for name in index["forms"]]
    return Pack.model_validate(index)


@cache
def _built_in() -> Pack:
    folder = files("desktop.dossier") / "packs" / VERSION
    return read_pack(lambda name: (folder / name).read_bytes())


__all__ = ["SHELF", "VERSION", "PackError", "Shelf", "UnknownForm", "form_of", "load_pack", "read_pack"]
