"""What stands between head and list: the token, what to know about it, and how the last batch ended."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.basic import column
from desktop.ui.kit.signs import Banner
from desktop.ui.signing.outcome import Outcome
from desktop.ui.signing.token_banner import TokenBanner
from desktop.ui.signing.token_choice import TokenChoice


class Strips(QWidget):
    """In a low window the notice about a token gives way to how the batch ended."""

    def __init__(self, examine: Callable[[], object] | None) -> None:
        super().__init__()
        box = column(self, gap=9)
        self.banner, self.outcome = TokenBanner(examine), Outcome(examine)
        self.notice = Banner("amber", "calendar-clock")
        self.notice.setVisible(False)
        self._told, self._tight = "", False
        for strip in (self.banner, self.notice, self.outcome):
            box.addWidget(strip)
        self.outcome.installEventFilter(self)

    def show_choice(self, choice: TokenChoice) -> None:
        """Show a token and what is worth knowing about it."""
        self.banner.show_choice(choice)
        if choice.notice != self._told:
            self._told = choice.notice
            head, _, rest = self._told.partition(". ")
            self.notice.say("amber", "calendar-clock", head.rstrip(".") + "." if head else "", rest)
        self._fold()

    def tighten(self, tight: bool) -> None:
        """Say whether the window is low."""
        self._tight = tight
        self._fold()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again whenever the outcome comes or goes."""
        if watched is self.outcome and event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._fold()
        return super().eventFilter(watched, event)

    def _fold(self) -> None:
        self.notice.setVisible(bool(self._told) and not (self._tight and not self.outcome.isHidden()))
