"""A process that edits a draft in a real window until everything is saved, then waits to be killed.

python -m tests.ui.writer HOME LOCAL_ID STEPS; the password comes on standard input.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desktop.app import default_user
from desktop.opened import open_unit
from desktop.store.store import Store
from desktop.ui.editor.page import EditorPage
from desktop.ui.program import application


def main(home: str, local_id: str, steps: str) -> int:
    """Change the title so many times, say «saved» once the window's own clock saved it, and go on waiting."""
    app = application()
    store = Store.open(Path(home), sys.stdin.readline().rstrip("\n"))
    running = open_unit(store, default_user(store.unit.people()), send=False)
    running.window.show()
    running.window.open_dossier(local_id)
    page = running.window.page()
    assert isinstance(page, EditorPage)
    page.draft.saved.connect(lambda _at: os.write(sys.stdout.fileno(), b"saved\n"))
    for step in range(1, int(steps) + 1):
        page.draft.set_title(f"Bước {step}")
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
