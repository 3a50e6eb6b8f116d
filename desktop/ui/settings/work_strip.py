"""The strip over a list that says how things stand, how far a long work is, and how it ended."""

from __future__ import annotations

from collections.abc import Callable

from desktop.dossier.errors import VungXaError
from desktop.ui.kit.basic import announce, button
from desktop.ui.kit.signs import Banner, ThinBar
from desktop.ui.theme import px


class WorkStrip(Banner):
    """`cancel` is called by its button; bar and button are there only while something is under way."""

    def __init__(self, cancel: Callable[[], object]) -> None:
        super().__init__("slate", "info")
        self.bar = ThinBar()
        self.bar.setFixedWidth(px(180))
        self.stop = button("Dừng", "x", "small", cancel)
        self.buttons.addWidget(self.bar)
        self.buttons.addWidget(self.stop)
        self._working(working=False)

    def under_way(self, title: str, words: str, done: int, total: int) -> None:
        """Say how far it is; `total` 0 when nobody knows yet."""
        share = done / total if total else 0.0
        self.bar.set_share(share)
        self.bar.setVisible(bool(total))
        self.stop.setVisible(True)
        self.say("blue", "hourglass", title, f"{words}, {round(share * 100)} %." if total else f"{words}…")

    def tell(self, tint: str, icon: str, title: str, words: str = "", *, aloud: bool = False) -> None:
        """Say how things stand or how it ended."""
        self._working(working=False)
        self.say(tint, icon, title, words)
        if aloud:
            announce(self, self.accessibleName())

    def broke(self, error: VungXaError) -> None:
        """Say that it could not be done; what a person stopped is no failure."""
        head, _, rest = error.message.partition(". ")
        stopped = error.code.endswith("_cancelled")
        tint, icon = ("amber", "pause") if stopped else ("red", "circle-alert")
        self.tell(tint, icon, head.rstrip(".") + ".", rest, aloud=True)

    def _working(self, *, working: bool) -> None:
        self.bar.setVisible(working)
        self.stop.setVisible(working)
