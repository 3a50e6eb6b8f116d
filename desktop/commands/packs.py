"""`vungxa packs`: the form packs of this machine; and the loading of them before any other command."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from desktop.commands.answer import Answer, say
from desktop.commands.day import today
from desktop.commands.reading import existing
from desktop.desk.errors import DeskError
from desktop.desk.packs import Packs, PackView, words
from desktop.store.packs import PackFolder

_STATES = {"in_use": "đang dùng", "waiting": "chưa đến ngày dùng", "older": "bản trước", "aside": "đã gác lại"}


def packs(args: Namespace) -> Answer:
    """Lists the packs, takes one from a file, uses one or goes back to the one before it.

    Raises PackError, DeskError bad_arguments, FileProblem, and with --home StoreError.
    """
    if args.action in ("import", "use") and not args.what:
        raise DeskError("bad_arguments", "Cho biết tệp bộ mẫu cần nhập, hoặc số bộ mẫu cần dùng.")
    day, machine = today(), Packs()
    if args.home is not None:
        machine = _of_unit(args)
    machine.load(day)
    if args.action == "import":
        return _told([machine.import_file(existing(Path(args.what)), day)])
    if args.action == "use":
        return _told([machine.use(args.what, day)])
    if args.action == "back":
        return _told([machine.go_back(day)])
    return _told(machine.views(day))


def _of_unit(args: Namespace) -> Packs:
    """The machine's packs as a unit's own Treasury keys judge them; the machine remembers these keys."""
    from desktop.commands.opening import opened_store
    from desktop.desk.connection import enrolled
    from desktop.dossier.duties import Act

    with opened_store(args, Act.READ if args.action == "list" else Act.CATALOGUES) as store:
        keys = enrolled(store).statement_keys
    PackFolder().pin(keys)
    return Packs(keys)


def _told(views: list[PackView]) -> Answer:
    lines = [f"{'*' if view.state == 'in_use' else ' '} {words(view)} {_STATES[view.state]}" for view in views]
    return Answer({"ok": True, "packs": [asdict(view) for view in views]}, lines)


def load() -> None:
    """Puts the machine's packs on the shelf; says on the error output which cannot be used, and goes on."""
    for sentence in Packs().load(today()):
        say(sentence, sys.stderr)
