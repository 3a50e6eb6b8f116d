"""What one round does and what it told before it died: begun and done, step by step."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from desktop.store.keys import MasterKey, unlock
from desktop.store.store import KEYS, Store

Value = str | int | None
Named = tuple[str, str]
"""What a thing is and its name, such as ("draft", "r3-1")."""


class Said(NamedTuple):
    """One line of a round: `what` is "try", "did", or "refused", "broke", "calls" about the round itself."""

    what: str
    kind: str
    name: str
    value: Value


class Room:
    """One round's work place: a unit's folder, a place for backups, a line to tell what was begun and done."""

    def __init__(self, world: Path, mark: str, password: str, line: int) -> None:
        self.world, self.unit, self.usb, self.other = world, world / "unit", world / "usb", world / "other"
        self.mark, self.password = mark, password
        self.dice = random.Random(mark)
        self.count = 0
        self._line, self._store = line, None

    _store: Store | None

    def say(self, what: str, kind: str, name: str, value: Value) -> None:
        """Tell a line; once it is written no kill takes it back."""
        os.write(self._line, json.dumps([what, kind, name, value]).encode() + b"\n")

    @contextmanager
    def doing(self, *changes: tuple[str, str, Value]) -> Iterator[None]:
        """Tell what is about to be so, and, unless it fails, that it is acknowledged."""
        for change in changes:
            self.say("try", *change)
        yield
        for change in changes:
            self.say("did", *change)

    def name(self) -> str:
        """Give a name that no other round gives."""
        self.count += 1
        return f"{self.mark}-{self.count}"

    def key(self) -> MasterKey:
        """Unlock the unit as its people do."""
        return unlock(self.unit / KEYS, self.password)

    @property
    def store(self) -> Store:
        """The unit's open store."""
        self._store = self._store or Store.open(self.unit, self.password)
        return self._store

    def close(self) -> None:
        """Close the store, for work that needs it closed."""
        if self._store:
            self._store.close()
        self._store = None


Work = Callable[[Room], None]


def lines(text: bytes) -> list[Said]:
    """Read what a round told."""
    whole: list[list[Any]] = [json.loads(line) for line in text.splitlines()]
    return [Said(*line) for line in whole]


class Model:
    """What must be there: of each thing the value last acknowledged, or the one that was in flight since."""

    def __init__(self) -> None:
        self.allowed: dict[Named, list[Value]] = {}

    def hear(self, said: list[Said]) -> None:
        """Take in what a round told."""
        for what, kind, name, value in said:
            known = self.allowed.setdefault((kind, name), [None])
            if what == "did":
                known[:] = [value]
            elif what == "try":
                known.append(value)
            else:
                del self.allowed[kind, name]

    def compare(self, found: Callable[[str, str, list[Value]], Value]) -> list[str]:
        """Return what differs; what was in flight is settled by what is there."""
        wrong = []
        for (kind, name), allowed in self.allowed.items():
            value = found(kind, name, allowed)
            if value not in allowed:
                wrong.append(f"{kind} {name}: {value!r}, not {allowed}")
            allowed[:] = [value]
        return wrong
