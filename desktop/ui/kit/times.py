"""One line about a time that matters: a clock and a sentence, in colour when it is urgent."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.dossier.views import TimeNote
from desktop.ui.kit.basic import label, picture, row, set_picture
from desktop.ui.theme import set_state, tokens

CALM = frozenset({"slate", "teal"})


class TimeLine(QWidget):
    """Shows a deadline as «title: day (what is left).», and the hour dossiers are taken until as a sentence."""

    def __init__(self) -> None:
        super().__init__()
        box = row(self, gap=6)
        self._clock = picture("clock", tokens().muted, 15)
        self._words = label("", "caption", wrap=True)
        box.addWidget(self._clock, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(self._words, 1)
        self._note: TimeNote | None = None
        self.setVisible(False)

    def show_note(self, note: TimeNote | None) -> None:
        """Show what is new, or nothing."""
        if note == self._note:
            return
        self._note = note
        self.setVisible(note is not None)
        if note is None:
            return
        calm = note.colour in CALM
        shade = tokens().muted if calm else tokens().tint(note.colour).ink
        set_picture(self._clock, "calendar-clock" if note.rule else "clock", shade, 15)
        self._words.setText(f"{note.title}: {note.text}." if note.rule else f"{note.text}.")
        self._words.setToolTip(note.reason)
        set_state(self._words, "tint", "" if calm else note.colour)

    def tick(self, note: TimeNote | None) -> None:
        """Show the hour as it stands now where the line already shows the hour; a deadline stays."""
        if self._note is not None and not self._note.rule and note is not None:
            self.show_note(note)
