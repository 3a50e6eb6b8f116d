"""What a window hears of form packs: which cannot be used, which came since, and that another day uses another one."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.desk.context import DeskContext
from desktop.desk.packs import Packs, words


class PackNews:
    """Loads the machine's packs for an open unit, judged by its own Treasury keys; asked again now and then.

    A unit that is not registered yet has no keys; those that other units of this machine were given count then.
    """

    def __init__(self, context: DeskContext) -> None:
        config = context.store.device.get()
        keys = config.statement_keys if config is not None and config.statement_keys else None
        self._context = context
        self._packs = Packs(keys)
        self._told: list[tuple[str, bool]] = [(said, True) for said in self._packs.load(context.today())]

    def __call__(self) -> Sequence[tuple[str, bool]]:
        """Sentences not told yet, and whether each is bad news."""
        today = self._context.today()
        came, faults = self._packs.look(today)
        self._packs.follow(today)
        told = [*self._told, *((said, True) for said in faults)]
        self._told = []
        return [*told, *((f"Có bộ mẫu mới. {words(view)}", False) for view in came)]
