"""A unit's world through many rounds: its folder, a stick for backups, and the model of all that was told."""

from __future__ import annotations

import errno
import os
import random
import shutil
from pathlib import Path

from desktop.store.backup_place import prepare_place
from desktop.store.leftovers import clear_unfinished
from desktop.store.store import Store
from tests.contract.store_kit import LINE, PASSWORD, UNIT, make
from tests.contract.test_golden_stores import GOLDEN
from tests.faults.found import Found, damages, opens
from tests.faults.power import Disk
from tests.faults.room import Model
from tests.faults.server import FAIL, KILL, Ended, Fate, Server

TROUBLES = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EBUSY, errno.ENODEV)


class World:
    """One unit that lives through rounds; `calls` remembers how many calls each work makes when nothing happens."""

    def __init__(self, folder: Path, server: Server, seed: int, calls: dict[str, int]) -> None:
        self.folder, self.dice, self.model = folder, random.Random(seed), Model()
        self._server, self._seed, self._calls, self._rounds = server, seed, calls, 0
        folder.mkdir()
        with make(folder / "unit") as store:
            store.estimates.load([LINE])
        for name in ("usb", "other", "old"):
            (folder / name).mkdir()
        prepare_place(folder / "usb", UNIT.code, folder / "unit")
        self.model.allowed = {
            ("password", ""): [PASSWORD], ("number", ""): [0], ("cursor", ""): [0], ("seals", ""): [0],
            ("epoch", ""): [0],
        }  # fmt: skip

    @property
    def password(self) -> str:
        """The unit's password as it is known to be."""
        return str(self.model.allowed["password", ""][0])

    def killed(self, work: str) -> list[str]:
        """Kill a work somewhere; return what is wrong then."""
        self._do(work, KILL)
        return self.survey()

    def cut(self, work: str) -> list[str]:
        """Cut the power somewhere in a work."""
        mark = self._begin(work)
        disk = Disk(self.folder)
        ended = self._run(work, mark, KILL)
        disk.cut(ended.log, self.dice)
        return self.survey()

    def troubled(self, work: str) -> list[str]:
        """Let the disk fail somewhere in a work and come back; the work must be refused in words, and then go on."""
        ended = self._do(work, FAIL)
        stuck = bool(ended.code) or any(said.what in ("broke", "stuck") for said in ended.said)
        told = [str(said) for said in ended.said if said.what in ("refused", "broke", "stuck")]
        return [*told, f"exit {ended.code}"] * stuck + self.survey()

    def _do(self, work: str, how: int) -> Ended:
        return self._run(work, self._begin(work), how)

    def _begin(self, work: str) -> str:
        self._rounds += 1
        mark = f"r{self._seed}-{self._rounds}"
        if work == "upgrade":
            shutil.copytree(GOLDEN / self.dice.choice("12345"), self.folder / "old" / mark)
            self.model.allowed["old", mark] = ["whole"]
        return mark

    def _run(self, work: str, mark: str, how: int) -> Ended:
        at = self.dice.randint(1, self._calls.get(work, 250) * 6 // 5 + 1)
        fate = Fate(how, at, self.dice.choice(TROUBLES) if how == FAIL else 0)
        ended = self._server.run(work, self.folder, mark, self.password, fate)
        self.model.hear(ended.said)
        if [said.what for said in ended.said if said.what in ("refused", "broke", "calls")] == ["calls"]:
            self._calls[work] = int(ended.said[-1].value or 0)
        return ended

    def survey(self) -> list[str]:
        """Open everything as the program does at the next start, and return what is wrong."""
        clear_unfinished(self.folder / "other")
        wrong = [f"stray {left.name}" for left in self.folder.rglob("*.unfinished")]
        for left in self.folder.rglob("*.tmp"):
            os.utime(left, (0, 0))  # the next start is another day
        unit, words = self.folder / "unit", self.model.allowed["password", ""]
        words[:] = [word for word in words if word and opens(unit, str(word), "")] or words
        with Store.open(unit, self.password) as store:
            wrong += damages(store) + self.model.compare(Found(self.folder, store, self.password))
        for kind in ("folder", "saved", "old"):
            for key in [key for key in self.model.allowed if key[0] == kind]:
                del self.model.allowed[key]
        for left in (self.folder / "other", self.folder / "old"):
            shutil.rmtree(left)
            left.mkdir()
        return wrong
