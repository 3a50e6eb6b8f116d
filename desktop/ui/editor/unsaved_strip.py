"""The strip over a draft that could not be saved: what happened, that the words are still here, what happens next."""

from __future__ import annotations

from desktop.ui.editor.draft import Draft
from desktop.ui.kit.signs import Banner

TITLE = "Chưa lưu được. Những gì đã gõ vẫn ở đây và được tự lưu lại sau vài giây; rời đi lần nữa thì mất phần này."


class UnsavedStrip(Banner):
    """Shown from a save that failed until one that did not."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("red", "triangle-alert")
        self.said = ""
        self.setVisible(False)
        draft.failed.connect(self.show_why)
        draft.saved.connect(lambda _at: self.setVisible(False))

    def show_why(self, why: str) -> None:
        """Say why, and that nothing typed is lost yet."""
        self.said = why
        self.say("red", "triangle-alert", TITLE, why)
        self.setVisible(True)
