"""Whether the unit's data is whole, as the window shows it and lets it be examined (docs/surviving.md)."""

from __future__ import annotations

from collections.abc import Callable

from desktop.desk.allowing import reading
from desktop.desk.context import DeskContext
from desktop.dossier.data_views import CheckView, DataView
from desktop.signing.asice import package_id, read
from desktop.signing.errors import ContainerError


class DataDesk:
    """The window's DataService; every call may be slow."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @reading
    def view(self) -> DataView:
        """Everything the section shows. Raises StoreError."""
        checks = self._context.store.checks
        return DataView(checks.last("start"), checks.last("full"), checks.due(self._context.clock()))

    @reading
    def check(self, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> CheckView | None:
        """Makes the full check and keeps what it found; None when it was cancelled. Raises StoreError."""
        return self._context.store.checks.weekly(progress, cancelled, has_its_id)

    @reading
    def look(self) -> CheckView:
        """Makes the cheap check of each start and keeps it. Raises StoreError store_damaged."""
        return self._context.store.checks.start()


def has_its_id(known_as: str, core: bytes) -> bool:
    """Whether a sealed package's core still has the id that outbox, wire and receipt know it by."""
    try:
        return package_id(read(core)) == known_as
    except ContainerError:
        return False
