"""Which token drivers this unit uses: the files a person picked come first, then those found on the machine."""

from __future__ import annotations

import json
from pathlib import Path

from desktop.signing.drivers import AllDrivers, Tokens
from desktop.signing.errors import ModuleError
from desktop.signing.modules import ModuleFile, find_modules, look_at
from desktop.store.store import Store

MODULES_SETTING = "pkcs11_modules"
"""A JSON list of paths; never read from or written to a log."""


def picked_modules(store: Store) -> tuple[Path, ...]:
    """The driver files a person picked, in their order; they need not exist any more."""
    written = store.settings.get(MODULES_SETTING)
    return tuple(Path(path) for path in json.loads(written)) if written else ()


def pick_module(store: Store, path: Path) -> ModuleFile:
    """Keeps a driver file for this unit, before all others. Raises ModuleError when this machine cannot load it."""
    found = look_at(path.resolve())
    if not found.usable:
        raise ModuleError(found.code, found.problem)
    _keep(store, (found.path, *(known for known in picked_modules(store) if known != found.path)))
    return found


def forget_module(store: Store, path: Path) -> None:
    """Forgets a picked file; one that was not picked changes nothing."""
    _keep(store, tuple(known for known in picked_modules(store) if known not in {path, path.resolve()}))


def known_modules(store: Store | None) -> list[ModuleFile]:
    """Every driver of this machine, usable or not: the picked ones first, each file once."""
    return find_modules(picked=picked_modules(store) if store is not None else ())


def installed_worker(store: Store) -> Tokens:
    """All usable drivers together. Raises ModuleError no_module."""
    return AllDrivers([module.path for module in known_modules(store) if module.usable])


def _keep(store: Store, paths: tuple[Path, ...]) -> None:
    store.settings.set(MODULES_SETTING, json.dumps([str(path) for path in paths]))
