"""The long commands of `vungxa` as a script runs them; one that answers with an error is a refusal of the round."""

from __future__ import annotations

import io
import json
import random
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout

from desktop.cli import main
from desktop.dossier.errors import VungXaError
from desktop.store.backups import list_backups
from desktop.store.envelope import read_envelope
from desktop.store.store import KEYS
from tests.faults.found import COUNTED
from tests.faults.moving_works import YEAR, paid
from tests.faults.room import Room

_DEFECTS = ("internal", "system_refused")


def run(room: Room, *words: object) -> None:
    """Run one command with the unit's password. Raises VungXaError with what it answered."""
    room.close()
    told, kept = io.StringIO(), sys.stdin
    sys.stdin = io.StringIO(room.password + "\n")
    try:
        with redirect_stdout(told), redirect_stderr(io.StringIO()):
            code = main([*map(str, words), "--password-stdin", "--json"])
    finally:
        sys.stdin = kept
    if code:
        error = json.loads(told.getvalue().splitlines()[-1])["error"]
        assert error["code"] not in _DEFECTS, error
        raise VungXaError(error["code"], error["message"])


def backup(room: Room) -> None:
    """Put the newest dossiers on the stick."""
    room.say("try", "seals", "", room.store.seals.highest_id() + 1)  # a backup is made though that may fail
    with room.doing(("backup", "", len(room.store.drafts.list()))):
        run(room, "backup", "--home", room.unit, "--to", room.usb)


def restore(room: Room) -> None:
    """Make a unit out of the backup."""
    backup(room)
    folder = room.other / room.name()
    with room.doing(("folder", folder.name, "whole")):
        run(room, "restore", "--from", list_backups(room.usb)[0].path, "--home", folder)


def archive(room: Room) -> None:
    """Put a year away and take it back."""
    if room.store.archives.years():
        taken_out(room)
    paid(room)
    with room.doing(("away", "", YEAR)):
        run(room, "archive", "--home", room.unit, "--year", YEAR)
    taken_out(room)


def taken_out(room: Room) -> None:
    """Bring the year back."""
    with room.doing(("away", "", None)):
        run(room, "archive", "--home", room.unit, "--back", YEAR)


def rotate_key(room: Room) -> None:
    """Change the data key; unlocking first finishes a change that was told as refused after it held."""
    room.key()
    with room.doing(("epoch", "", read_envelope(room.unit / KEYS).epoch + 1)):
        run(room, "rotate-key", "--home", room.unit)


def salvage(room: Room) -> None:
    """Save everything into a new folder."""
    many, folder = str(room.store.backups.database.value(COUNTED)), room.other / room.name()
    with room.doing(("folder", folder.name, "whole"), ("saved", folder.name, many)):
        run(room, "salvage", "--home", room.unit, "--into", folder)


_COMMANDS: tuple[Callable[[Room], None], ...] = (backup, restore, archive, rotate_key, salvage)


def commands(room: Room) -> None:
    """Run one of them, the same again when the disk is back."""
    random.Random(room.mark).choice(_COMMANDS)(room)
