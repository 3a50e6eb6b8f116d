"""Opens the real windows on the demo's unit and takes their pictures, in a process of its own: Qt owns its process."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from desktop import __version__
from desktop.desk.store_door import StoreDoor
from desktop.opened import OpenUnit, open_unit
from desktop.signing.tokens import TokenWorker
from desktop.store.store import Store
from desktop.ui.camera import picture
from desktop.ui.editor.page import EditorPage
from desktop.ui.program import application
from desktop.ui.shell import MainWindow
from desktop.ui.signing.dialog import SigningDialog
from desktop.ui.unlock import UnlockDialog

WIDTH, HEIGHT = 1366, 768
DIALOG = 1178, 688
"""Of the signing dialog; without a screen it would take what an imaginary one leaves."""


class Shot(NamedTuple):
    """A window, the name of its picture, and when it has something to show."""

    name: str
    widget: MainWindow | UnlockDialog | SigningDialog
    ready: Callable[[], bool] = lambda: True


def main(arguments: Sequence[str] | None = None) -> int:
    """Opens the windows of one stage and writes PNGs; the password comes on standard input. Prints one JSON object."""
    parser = argparse.ArgumentParser(prog="screens")
    for name in ("home", "out", "softhsm", "module"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--stage", choices=sorted(STAGES), required=True)
    for name in ("person", "dossier"):
        parser.add_argument(f"--{name}", required=True)
    args = parser.parse_args(arguments)
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY") and sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(json.dumps({"ok": True, "files": _take(args)}))
    return 0


def _take(args: argparse.Namespace) -> list[str]:
    application()
    store = Store.open(args.home, sys.stdin.readline().rstrip("\n"))
    user = next(person for person in store.unit.people() if person.person_id == args.person)
    environment = {"SOFTHSM2_CONF": str(args.softhsm)}
    running = open_unit(store, user, lambda: TokenWorker(args.module, environment=environment), send=False)
    running.window.resize(WIDTH, HEIGHT)
    try:
        shots = STAGES[args.stage](running, args.dossier)
        return [picture(shot.widget, args.out / f"{shot.name}.png", shot.ready) for shot in shots]
    finally:
        running.close()


def _drafting(running: OpenUnit, local_id: str) -> Iterator[Shot]:
    """The unlock window, the list of drafts and the editor."""
    store = running.store
    unlock = UnlockDialog(StoreDoor(store.folder), people=store.unit.people(), version=__version__)
    unlock.resize(WIDTH, HEIGHT)
    yield Shot("unlock", unlock)
    unlock.reject()
    yield Shot("drafts", running.window)
    running.window.open_dossier(local_id)
    yield Shot("editor", running.window)


def _signing(running: OpenUnit, _local_id: str) -> Iterator[Shot]:
    """The signer's list and the signing dialog with the token plugged in."""
    running.window.go("signing")
    yield Shot("to-sign", running.window)
    dialog = SigningDialog(running.window.context, running.window.context.services.desk.user(), running.window)
    dialog.resize(*DIALOG)
    yield Shot("signing", dialog, lambda: dialog.loaded and dialog.pin.isEnabled())
    dialog.close()


def _queued(running: OpenUnit, _local_id: str) -> Iterator[Shot]:
    """The queue while there is no link."""
    running.window.go("delivery")
    yield Shot("queue-offline", running.window)


def _sending(running: OpenUnit, _local_id: str) -> Iterator[Shot]:
    """The queue in the middle of the scan's upload."""
    running.window.go("delivery")
    yield Shot("queue", running.window)


def _delivered(running: OpenUnit, local_id: str) -> Iterator[Shot]:
    """What came back: the list with a returned dossier, the delivery page, the balances."""
    running.window.go("dossiers")
    running.window.dossiers().choose(local_id)
    yield Shot("dossiers", running.window)
    for place in ("delivery", "balances"):
        running.window.go(place)
        yield Shot(place, running.window)


def _tab(name: str, place: int) -> Callable[[OpenUnit, str], Iterator[Shot]]:
    """One document of a draft in the editor."""

    def shots(running: OpenUnit, local_id: str) -> Iterator[Shot]:
        running.window.open_dossier(local_id)
        editor = running.window.page()
        assert isinstance(editor, EditorPage)
        editor.tabs.setCurrentIndex(place)
        yield Shot(name, running.window)

    return shots


def _month_end(running: OpenUnit, local_id: str) -> Iterator[Shot]:
    """The list with a table that did not agree, the balances, and what others wrote."""
    running.window.go("dossiers")
    running.window.dossiers().choose(local_id)
    yield Shot("month-dossiers", running.window)
    for place in ("balances", "papers"):
        running.window.go(place)
        yield Shot(f"month-{place}", running.window)


STAGES: dict[str, Callable[[OpenUnit, str], Iterator[Shot]]] = {
    "drafting": _drafting,
    "signing": _signing,
    "queued": _queued,
    "sending": _sending,
    "delivered": _delivered,
    "month-beneficiaries": _tab("month-beneficiaries", 1),
    "month-capital": _tab("month-capital", 3),
    "month-reconciling": _tab("month-reconciling", 0),
    "month-end": _month_end,
}

if __name__ == "__main__":
    sys.exit(main())
