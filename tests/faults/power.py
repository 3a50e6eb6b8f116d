"""What a power cut leaves of a folder: the state before, and of all that was done since at least what was synced.

Names (create, rename, unlink) reach the disk in their order, as on every journalling file system: at least up to the
last sync of the folder concerned, perhaps further. What was written to a file and not synced is there, torn or gone,
each write for itself.
"""

from __future__ import annotations

import os
import random
import shutil
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

HEAD = struct.Struct("=cQqI")
_SECTOR = 512
_LOST = "-shm"
"""The index of SQLite's log is memory, not disk."""


@dataclass
class Medium:
    """One file: what is surely on the disk, and the writes (offset, data) and cuts (size, None) that may not be."""

    sure: bytearray = field(default_factory=bytearray)
    later: list[tuple[int, bytes | None]] = field(default_factory=list)

    def settle(self) -> None:
        """Bring everything to the disk."""
        for change in self.later:
            _change(self.sure, *change)
        self.later.clear()

    def after(self, dice: random.Random) -> bytes:
        """Give what may be found: of what was not synced all, nothing, or any of it and some only in part."""
        found, mood = bytearray(self.sure), dice.choice(("all", "none", "some"))
        for where, data in self.later:
            if mood == "none" or (mood == "some" and dice.random() < 0.4):
                continue
            torn = mood == "some" and data and dice.random() < 0.3
            _change(found, where, data[: dice.randrange(len(data)) // _SECTOR * _SECTOR] if torn and data else data)
        return bytes(found)


def _change(content: bytearray, where: int, data: bytes | None) -> None:
    if data is None:
        del content[where:]
        data = b""
    content.extend(bytes(max(0, where - len(content))))
    content[where : where + len(data)] = data


Names = dict[str, Medium | None]
"""Every path with its file; None for a folder."""


class Disk:
    """One folder as it was, and what a process did to it since."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._before: Names = {}
        self._by_inode: dict[int, Medium] = {}
        for path in sorted(root.rglob("*")):
            self._before[str(path)] = medium = None if path.is_dir() else Medium(bytearray(path.read_bytes()))
            if medium:
                self._by_inode[path.stat().st_ino] = medium

    def cut(self, log: bytes, dice: random.Random) -> None:
        """Replace the folder by what a power cut at the end of the log leaves of it."""
        names, sure = list[tuple[bytes, list[str], Medium | None]](), 0
        for op, inode, offset, data in entries(log):
            medium = self._by_inode.setdefault(inode, Medium()) if op in b"WTS" else None
            if op in b"CRUMX":
                if op == b"C":
                    medium = self._by_inode[inode] = Medium()
                names.append((op, [os.fsdecode(part) for part in data.split(b"\0")], medium))
            elif op == b"D":
                sure = max([sure, *(n for n, (_, paths, _) in enumerate(names, 1) if _in(os.fsdecode(data), paths))])
            elif medium and op == b"S":
                medium.settle()
            elif medium:
                medium.later.append((offset, data if op == b"W" else None))
        found = dict(self._before)
        for name in names[: dice.randint(sure, len(names))]:
            _rename(found, *name)
        self._lay_out(found, dice)

    def _lay_out(self, names: Names, dice: random.Random) -> None:
        for path in self._root.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for name, medium in sorted(names.items()):
            path = Path(name)
            if medium is None:
                path.mkdir(mode=0o700, exist_ok=True)
            elif not name.endswith(_LOST):
                path.write_bytes(medium.after(dice))


def entries(log: bytes) -> Iterator[tuple[bytes, int, int, bytes]]:
    """Read the log of disk.c: operation, inode, offset or size, data or paths."""
    place = 0
    while place + HEAD.size <= len(log):
        op, inode, offset, size = HEAD.unpack_from(log, place)
        place += HEAD.size
        yield op, inode, offset, log[place : place + size]
        place += size


def _in(folder: str, paths: list[str]) -> bool:
    return any(os.path.dirname(path) == folder for path in paths)  # noqa: PTH120 - text, and many of them


def _rename(names: Names, op: bytes, paths: list[str], medium: Medium | None) -> None:
    first = paths[0]
    if op in b"CM":
        names[first] = medium
    elif op in b"UX":
        names.pop(first, None)
    else:
        for name in [name for name in names if name == first or name.startswith(first + "/")]:
            names[paths[1] + name[len(first) :]] = names.pop(name)
