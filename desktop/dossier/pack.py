"""The form packs in force: the one the program carries, and those that came later as signed files (docs/packs.md).

A pack that does not fit the models stops at once, not at print time. Which packs are known and which one new drafts
use is one fact of the process, like the program itself: packs are what the units on a machine share.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

from desktop.dossier.errors import VungXaError
from desktop.dossier.forms import Form, Pack, UnknownForm

VERSION = "347-2025"
"""The pack inside the program."""
COMPANIONS = ("procedures.json", "purposes.json")
"""Files that a pack may bring beside its forms; without them those of the program hold."""
SCHEMA = 1
"""The shape of packs this program reads; a pack says in `needs` which one it was written for."""


class PackError(VungXaError):
    """Says why a pack cannot be used; codes "unknown_pack", "bad_pack", and "pack_…" of a pack's file."""


class Shelf:
    """Every pack this process knows; the newest one that is in force serves new drafts."""

    def __init__(self) -> None:
        self._active = VERSION
        self.clear()

    def clear(self) -> None:
        """Forget all but the pack inside the program."""
        self._packs: dict[str, Pack] = {}
        self._companions: dict[str, Mapping[str, bytes]] = {}
        self._aside: frozenset[str] = frozenset()
        self._active = VERSION

    def put(self, pack: Pack, companions: Mapping[str, bytes] | None = None) -> None:
        """Make a pack known, in place of one of the same version; `companions` holds its own COMPANIONS by name."""
        self._packs[pack.version] = pack
        self._companions[pack.version] = companions or {}

    def use(self, version: str) -> None:
        """Let what names no pack follow this one from now on. Raises PackError unknown_pack."""
        self._active = self.get(version).version

    def put_aside(self, versions: Collection[str]) -> None:
        """Keep these packs out of new drafts; what was made under them stays readable."""
        self._aside = frozenset(versions)

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
        usable = [version for version in self.versions() if version not in self._aside]
        valid = [pack for pack in map(self.get, usable) if pack.covers(day)]
        return valid[-1] if valid else self.get()

    def companion(self, name: str, version: str) -> bytes:
        """Return a file beside the forms of a pack, the program's own where the pack brings none."""
        own = self._companions.get(version, {}).get(name)
        return own if own is not None else _own_file(name)


SHELF = Shelf()
_UNDER: ContextVar[str | None] = ContextVar("pack", default=None)


@contextmanager
def under(version: str) -> Iterator[Pack]:
    """Let everything inside read one pack's forms: a dossier follows the pack it was made under, whatever came since.

    Of this thread only; a generator made inside must be read inside. Raises PackError unknown_pack.
    """
    pack = SHELF.get(version)
    token = _UNDER.set(pack.version)
    try:
        yield pack
    finally:
        _UNDER.reset(token)


def load_pack(version: str | None = None) -> Pack:
    """Return the pack of a version; without it the one of `under`, or else the one in use.

    Raises PackError unknown_pack.
    """
    return SHELF.get(version or _UNDER.get())


def form_of(ref: str, version: str | None = None) -> Form:
    """Return a form by id, symbol or number, of the pack of `load_pack` unless a version is given.

    Raises UnknownForm, PackError unknown_pack.
    """
    return load_pack(version).form(ref)


def read_pack(read: Callable[[str], bytes]) -> Pack:
    """Build a pack from its files: "pack.json" names the forms, each in "<id>.json".

    Raises pydantic.ValidationError, ValueError or KeyError for a broken pack, and whatever `read` raises.
    """
    index = json.loads(read("pack.json"))
    index["forms"] = [json.loads(read(f"{name}.json")) for name in index["forms"]]
    return Pack.model_validate(index)


@cache
def _built_in() -> Pack:
    return read_pack(_own_file)


@cache
def _own_file(name: str) -> bytes:
    return (files("desktop.dossier") / "packs" / VERSION / name).read_bytes()


__all__ = [
    "COMPANIONS", "SCHEMA", "SHELF", "VERSION", "PackError", "Shelf", "UnknownForm", "form_of", "load_pack",
    "read_pack", "under",
]  # fmt: skip
