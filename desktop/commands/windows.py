"""`vungxa run` and `demo`: the commands that may open windows."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import __version__
from desktop.commands.answer import NO, OK, Answer, say
from desktop.commands.replacing import replace
from desktop.desk.locked_state import MAX_LINE, LockedState
from desktop.desk.units_here import UnitHere, UnitsHere, entered
from desktop.dossier.errors import VungXaError

if TYPE_CHECKING:
    from desktop.demo.summary import Summary
    from desktop.opened import OpenUnit


class NoWindow(VungXaError):
    """This machine cannot show a window (no_window)."""


def demo(args: Namespace) -> Answer:
    """Runs the whole main job, or with --month the month of two units; exit 1 when a promise did not hold."""
    # Only the story asked for is loaded.
    story = import_module("desktop.demo.month.story" if args.month else "desktop.demo.story")
    table = import_module("desktop.demo.month.table" if args.month else "desktop.demo.table")
    _end_in_order()
    summary: Summary = story.run(args.out, args.link, args.seed, _silent if args.json else say)
    ok = not summary.broken
    lines = [*table.table(summary.values), *(f"KHÔNG GIỮ LỜI: {promise}" for promise in summary.broken)]
    return Answer({"ok": ok, **summary.values}, lines, OK if ok else NO)


def _silent(_text: str) -> None:
    """With --json only the answer is printed."""


def run(args: Namespace) -> Answer:
    """Opens the window of a unit, or of a throw-away demo unit. Raises NoWindow, StoreError."""
    _need_screen()
    from desktop import app

    if args.demo:
        return _run_demo()
    locked = LockedState.read(args.home, sys.stdin.readline(MAX_LINE)) if args.locked else None
    home = args.home or chosen_unit()
    if home is None:
        return Answer({"ok": True}, ())

    def remember(running: OpenUnit) -> None:
        entered(running.context)

    code = app.run(home, opened=remember, locked=locked, replace=replace, units=UnitsHere())
    return Answer({"ok": True}, (), code)


def chosen_unit(here: UnitsHere | None = None) -> Path | None:
    """The only unit of this machine, else the one that is picked or restored; None when nobody picks."""
    known = here or UnitsHere()
    units = known.there()
    if len(units) == 1:
        return units[0].folder
    from desktop.ui.program import application

    application()
    return _picked(units) if units else _first(known)


def _picked(units: Sequence[UnitHere]) -> Path | None:
    from desktop.ui.choose_unit import ChooseUnit, UnitLine

    dialog = ChooseUnit([UnitLine(unit.folder, unit.code, unit.name, unit.colour) for unit in units])
    return dialog.folder if dialog.exec() else None


def _first(here: UnitsHere) -> Path | None:
    """A unit for a machine that knows of none."""
    from desktop.desk.restoring_unit import RestoreAtDoor
    from desktop.ui.unlocking.first_screen import FirstScreen

    dialog = FirstScreen(RestoreAtDoor(here), here.take, __version__)
    return dialog.folder if dialog.exec() else None


def _need_screen() -> None:
    """Raises NoWindow where Qt would end the whole process, or is not there."""
    if find_spec("PySide6") is None:
        raise NoWindow("no_window", "Máy này chưa có PySide6 nên không mở được cửa sổ. Dùng các lệnh khác của vungxa.")
    places = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in places):
        raise NoWindow("no_window", "Không có màn hình nên không mở được cửa sổ. Dùng các lệnh khác của vungxa.")


def _run_demo() -> Answer:
    from desktop import app
    from desktop.demo import tryout

    _end_in_order()
    with tempfile.TemporaryDirectory(prefix="vungxa-demo-") as folder, tryout.prepared(Path(folder), _whisper) as unit:
        return Answer({"ok": True}, (), app.run(unit.folder, unit.worker, unit.unit, unit.people))


def _end_in_order() -> None:
    """Lets SIGTERM end the demo as Ctrl-C does: its gateway and its link end with it."""

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)


def _whisper(text: str) -> None:
    """The answer alone belongs on standard output."""
    say(text, sys.stderr)
