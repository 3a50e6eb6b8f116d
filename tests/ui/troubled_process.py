"""A real window on a real unit whose disk fails in every way and comes back; prints what it said each time, as JSON.

python -m tests.ui.troubled_process HOME TROUBLE PASSWORD, with tests/faults/disk.c loaded over it.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer, SignalInstance
from PySide6.QtWidgets import QLabel

from desktop.app import default_user, open_unit
from desktop.store.store import Store
from desktop.ui.editor.page import EditorPage
from desktop.ui.program import application

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
    running.window.close()
    del running_app
    return 0


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
