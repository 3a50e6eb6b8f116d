"""Watches what is plugged in: asks the token thread once a second, never twice at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from desktop.dossier.errors import VungXaError
from desktop.dossier.people import Person
from desktop.dossier.sign_views import TokenView
from desktop.ui.background import Worker
from desktop.ui.signing.token_choice import SLOW, TokenChoice, choose_token

POLL_MS = 1000
"""A token is seen within two seconds: at most one pause and one answer of its driver."""
SLOW_MS = 3000


class TokenWatch(QObject):
    """Emits `seen` after every answer; `hold` while a batch has the token."""

    seen = Signal(object)
    """A TokenChoice."""

    def __init__(
        self, parent: QObject, worker: Worker, tokens: Callable[[], Sequence[TokenView]], person: Person
    ) -> None:
        super().__init__(parent)
        self._worker, self._tokens, self._person = worker, tokens, person
        self._asked, self._held, self.slow_ms = False, False, SLOW_MS
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to watch, and look at once."""
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """End watching; an answer under way is still told."""
        self._timer.stop()

    def hold(self, held: bool) -> None:
        """Ask nothing while a batch is being signed; look at once when it ended."""
        self._held = held
        if not held:
            self.look()

    def look(self) -> None:
        """Ask what is plugged in, unless an answer is still to come."""
        if self._held:
            return
        if self._asked:
            if self._since.hasExpired(self.slow_ms):
                self.seen.emit(TokenChoice(None, SLOW, looking=True))
            return
        self._asked = True
        self._since.start()
        self._worker.submit(self, self._tokens, self._answered, self._failed)

    def _answered(self, tokens: Sequence[TokenView]) -> None:
        self._asked = False
        self.seen.emit(choose_token(tokens, self._person))

    def _failed(self, error: VungXaError) -> None:
        self._asked = False
        self.seen.emit(TokenChoice(None, error.message, error.code))
