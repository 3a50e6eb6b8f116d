"""A real window on a real unit whose disk fails in every way and comes back; prints what it said each time, as JSON.

python -m tests.ui.troubled_process HOME TROUBLE PASSWORD, with tests/faults/disk.c loaded over it.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer, SignalInstance
from PySide6.QtWidgets import QLabel

from desktop.app import default_user
from desktop.desk.backing_up import BackupDesk
from desktop.desk.desk import Desk
from desktop.desk.store_door import StoreDoor
from desktop.opened import OpenUnit, open_unit
from desktop.store.frozen import StepData
from desktop.store.store import Store
from desktop.ui.editor.page import EditorPage
from desktop.ui.program import application
from tests.contract.store_kit import NOW, objects

TROUBLES = (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EBUSY, errno.EIO)


def main(home: str, trouble: str, password: str) -> int:
    """Type, let the save fail, look, let the disk come back, and wait until it is saved by itself."""
    running_app = application()
    store = Store.open(Path(home), password)
    running = open_unit(store, default_user(store.unit.people()), send=False)
    running.window.show()
    running.window.open_dossier(store.drafts.list()[0].local_id)
    page = running.window.page()
    assert isinstance(page, EditorPage)
    for number in TROUBLES:
        Path(trouble).write_text(str(number), "ascii")
        page.draft.set_title(f"Tên {number}")
        waited(page.draft.failed)
        page.close_editor()
        stayed, line = running.window.page() is page, status(running.window.status)
        shown = page.unsaved.isVisible()
        Path(trouble).unlink()
        waited(page.draft.saved)
        title = store.drafts.get(page.draft.local_id).title
        told = [errno.errorcode[number], page.unsaved.said, stayed, shown, line, page.unsaved.isVisible(), title]
        sys.stdout.write(json.dumps(told) + "\n")
    Path(trouble).with_name("usb").mkdir()
    BackupDesk(running.context).set_place(Path(trouble).with_name("usb"))
    for number in (*TROUBLES, errno.ENODEV):
        for name, work in works(running, Path(home), password).items():
            told = [errno.errorcode[number], name, *refused(running, Path(trouble), number, work)]
            sys.stdout.write(json.dumps(told) + "\n")
    Path(trouble).write_text(str(errno.EIO), "ascii")
    running.lock()
    Path(trouble).unlink()
    del running_app
    return 0


def works(running: OpenUnit, home: Path, password: str) -> dict[str, Callable[[], object]]:
    """What people do besides typing; each is done again when the disk is back."""
    desk, door, scan = Desk(running.context), StoreDoor(home), home.with_name(f"{os.urandom(4).hex()}.pdf")
    scan.write_bytes(b"%PDF-1.7 " + os.urandom(9_000))
    name = desk.copy(running.store.drafts.list()[0].local_id)
    signer = StepData(order=1, roles=[], title="", name="", person_id="thang", certificate_sha256="")
    return {
        "attach": lambda: desk.attach(scan),
        "submit": lambda: running.store.submissions.freeze(name, objects(name), [signer], "hanh"),
        "sign": lambda: running.store.submissions.add_signature(name, 1, b"manifest", b"cms", "thang", NOW),
        "backup": lambda: BackupDesk(running.context).run(),
        "unlock": lambda: door.by_password(password),
    }


def refused(running: OpenUnit, trouble: Path, number: int, work: Callable[[], object]) -> tuple[str, bool]:
    """What the window says of it while the disk fails, and whether it goes on when the disk is back.

    What was open on a disk that was pulled out is dead: the first write after it may be refused once more.
    """
    said: list[str] = []
    context = running.window.context
    context.bus.failed.connect(said.append)
    trouble.write_text(str(number), "ascii")
    context.attempt(work)
    trouble.unlink()
    went = context.attempt(work) or (number == errno.ENODEV and context.attempt(work))
    context.bus.failed.disconnect(said.append)
    return (said or [""])[0], went


def waited(signal: SignalInstance) -> None:
    loop = QEventLoop()
    signal.connect(lambda *_: loop.quit())
    QTimer.singleShot(20_000, loop.quit)
    loop.exec()


def status(line: object) -> str:
    return " ".join(made.text() for made in line.findChildren(QLabel) if "lưu" in made.text())  # type: ignore[attr-defined]


if __name__ == "__main__":
    code = main(*sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)
