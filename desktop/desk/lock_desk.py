"""When the unit locks by itself, and whether sealed packages go on being sent meanwhile."""

from __future__ import annotations

from desktop.desk.allowing import needs, reading
from desktop.desk.context import DeskContext
from desktop.desk.sending_locked import ON, SETTING
from desktop.dossier.duties import Act
from desktop.dossier.users_views import LEAST_MINUTES, MOST_MINUTES, USUAL_MINUTES, LockView

LOCK_MINUTES = "lock_minutes"
"""Name of the setting that holds after how many idle minutes the unit locks."""
OFF = "0"


class LockDesk:
    """The window's LockService."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @reading
    def view(self) -> LockView:
        """What is set now. Raises StoreError."""
        settings = self._context.store.settings
        written = settings.get(LOCK_MINUTES)
        minutes = int(written) if written.isdecimal() else USUAL_MINUTES
        return LockView(_within(minutes), settings.get(SETTING, ON) == ON)

    @needs(Act.SETTINGS)
    def change(self, minutes: int, send: bool) -> None:
        """Keeps both; counts from the next second on. Raises StoreError."""
        store = self._context.store
        with store.transaction():
            store.settings.set(LOCK_MINUTES, str(_within(minutes)))
            store.settings.set(SETTING, ON if send else OFF)


def _within(minutes: int) -> int:
    return max(LEAST_MINUTES, min(MOST_MINUTES, minutes))
