"""When the unit locks by itself, and whether sealed packages go on being sent meanwhile."""

from __future__ import annotations

from desktop.desk.allowing import needs, reading
from desktop.desk.context import DeskContext
from desktop.desk.sending_locked import ON, SETTING
from desktop.dossier.duties import Act
from desktop.dossier.users_views import LockView, allowed_minutes, idle_minutes

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
        return LockView(idle_minutes(settings.get(LOCK_MINUTES)), settings.get(SETTING, ON) == ON)

    @needs(Act.SETTINGS)
    def change(self, minutes: int, send: bool) -> None:
        """Keeps both; counts from the next second on. Raises StoreError."""
        store = self._context.store
        with store.transaction():
            store.settings.set(LOCK_MINUTES, str(allowed_minutes(minutes)))
            store.settings.set(SETTING, ON if send else OFF)
