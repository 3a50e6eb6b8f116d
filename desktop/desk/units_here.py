"""The units on this machine: where their folders are and what to call them; nothing of a dossier, no name of a person.

A list of the system user, not of the machine: who else uses the computer need not learn of these folders.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.dossier.people import Unit
from desktop.store.durable import write_file
from desktop.store.envelope import read_front
from desktop.store.machine import VARIABLE, data_folder
from desktop.store.store import KEYS

FILE = "units.json"
MOST = 50
"""Units that are kept; the one opened longest ago goes first."""
LIMIT = 256 * 1024
"""Bytes that are read; a longer file is none of ours."""
COLOURS = ("teal", "amber", "indigo", "rose", "green", "slate")
"""Each unit gets one, so that nobody mistakes one window for another."""


class Named(NamedTuple):
    """What is known of a unit that nobody unlocked."""

    code: str
    name: str


class UnitHere(BaseModel):
    """One unit's folder; `colour` is one of COLOURS, `last_opened` an instant, "" for never."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: Path
    code: str = Field(max_length=20)
    name: str = Field(max_length=300)
    colour: str
    last_opened: str = ""

    @property
    def there(self) -> bool:
        """Whether the folder holds a store now; it may lie on a stick that is not plugged in."""
        return (self.folder / KEYS).is_file() or (self.folder / f"{KEYS}.1").is_file()


_UNITS = TypeAdapter(list[UnitHere])


class UnitsHere:
    """Reads and keeps the list; one that cannot be read is an empty one, for the units themselves are elsewhere."""

    def __init__(self, folder: Path | None = None) -> None:
        self._path = (folder or own_folder()) / FILE

    def all(self) -> tuple[UnitHere, ...]:
        """Every unit known here, the one opened last first."""
        try:
            with self._path.open("rb") as file:
                found = _UNITS.validate_json(file.read(LIMIT))
        except (OSError, ValidationError):
            return ()
        return tuple(sorted(found, key=lambda unit: unit.last_opened, reverse=True))

    def there(self) -> tuple[UnitHere, ...]:
        """Those whose folder can be opened now."""
        return tuple(unit for unit in self.all() if unit.there)

    def remember(self, folder: Path, unit: Unit | Named, at: str = "") -> UnitHere:
        """Put a unit on the list or bring its name up to date; `at` is when it was opened.

        Raises DeskError not_writable.
        """
        place = folder.expanduser().resolve()
        known = {item.folder: item for item in self.all()}
        before = known.pop(place, None)
        made = UnitHere(
            folder=place,
            code=unit.code,
            name=unit.name[:300],
            colour=before.colour if before else _free_colour(known.values()),
            last_opened=at or (before.last_opened if before else ""),
        )
        self._keep([made, *known.values()])
        return made

    def take(self, folder: Path) -> UnitHere:
        """Put the unit in a folder on the list without opening it.

        Raises StoreError no_store, keys_damaged, DeskError not_writable.
        """
        front = read_front(folder)
        return self.remember(folder, Named(front.unit_code, front.unit_name or folder.name))

    def forget(self, folder: Path) -> None:
        """Take a folder off the list; its data stays where it is. Raises DeskError no_unit, not_writable."""
        place = folder.expanduser().resolve()
        left = [item for item in self.all() if item.folder != place]
        if len(left) == len(self.all()):
            raise DeskError("no_unit", "Thư mục này không có trong danh sách. Xem «vungxa units».")
        self._keep(left)

    def _keep(self, units: Sequence[UnitHere]) -> None:
        newest = sorted(units, key=lambda unit: unit.last_opened, reverse=True)[:MOST]
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_file(self._path, json.dumps(_UNITS.dump_python(newest, mode="json"), ensure_ascii=False).encode())
        except OSError as error:
            raise DeskError(
                "not_writable", "Chưa ghi được danh sách đơn vị của máy này. Dữ liệu đơn vị vẫn nguyên; dùng --home."
            ) from error


def entered(context: DeskContext, units: UnitsHere | None = None) -> None:
    """Remember that a unit was opened, and by whom; a list that cannot be written keeps nobody out."""
    if context.account is not None:
        context.store.users.unlocked(context.account.user_id)
    with suppress(DeskError):
        (units or UnitsHere()).remember(context.store.folder, context.store.unit.get(), context.now())


def own_folder(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Name the program's folder of this system user: on Windows the one of the machine is everybody's."""
    local = environment.get("LOCALAPPDATA", "")
    if platform == "win32" and local and not environment.get(VARIABLE):
        return Path(local) / "VungXa"
    return data_folder(environment, platform)


def _free_colour(units: Iterable[UnitHere]) -> str:
    """The colour that the fewest units have."""
    used = [unit.colour for unit in units]
    return min(COLOURS, key=used.count)
