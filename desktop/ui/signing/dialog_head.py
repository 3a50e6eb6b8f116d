"""The head of the signing dialog: for whom, how many, and how far the batch is."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QFrame

from desktop.dossier.people import ROLE_TITLES, Person
from desktop.ui.kit.basic import announce, label, picture, row
from desktop.ui.kit.signs import ThinBar
from desktop.ui.theme import px, tokens

SPEAK_MS = 4000
"""Progress is said aloud at most this often: a batch goes faster than anybody listens."""


class DialogHead(QFrame):
    """Title, a line about whose dossiers they are, and the progress in words and as a bar."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "head")
        self.setFixedHeight(px(52))
        self._spoken = QElapsedTimer()
        box = row(self, (19, 0, 19, 0), 10)
        box.addWidget(picture("pen-line", tokens().tint("violet").ink, 20))
        box.addWidget(label("Ký số hàng loạt", "h1"))
        self._sub = label("Đang đọc hồ sơ…", "muted")
        box.addWidget(self._sub)
        box.addStretch(1)
        self._done = label("", "strong")
        self._bar = ThinBar()
        self._bar.setFixedWidth(px(150))
        box.addWidget(self._done)
        box.addWidget(self._bar)

    def say(self, words: str) -> None:
        """Say whose dossiers they are."""
        self._sub.setText(words)

    def show_progress(self, done: int, total: int) -> None:
        """Show how many are signed."""
        self._done.setText(f"Đã ký {done} / {total}")
        self._bar.set_share(done / total if total else 0)

    def speak(self) -> None:
        """Say the progress aloud, unless it was said a moment ago."""
        if not self._spoken.isValid() or self._spoken.hasExpired(SPEAK_MS):
            self._spoken.start()
            announce(self._done, self._done.text())


def roles_of(person: Person) -> str:
    """Say under which titles a person signs."""
    return ", ".join(ROLE_TITLES[role].lower() for role in person.roles)
