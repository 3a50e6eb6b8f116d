"""The full check of each week without anybody asking: in quiet minutes, ended when somebody comes back."""

from __future__ import annotations

from collections.abc import Callable

from desktop.dossier.data_views import CheckView
from desktop.ui.context import Bus
from desktop.ui.data_look import WHERE
from desktop.ui.quiet_work import QuietWork

QUIET_S = 180.0
"""Longer than the day's backup waits, so that the backup comes first."""
CheckIfDue = Callable[[Callable[[int, int], None], Callable[[], bool]], CheckView | None]
"""Makes the full check when it is due; None when it is not, or when it was cancelled. Slow, raises VungXaError."""


class WeeklyCheck(QuietWork):
    """Nothing is said of whole data; what is hurt is said at the top of the page in view. Nobody waits for it."""

    gives_way = True

    def __init__(
        self, check: CheckIfDue, bus: Bus, busy: Callable[[], bool] = lambda: False, quiet_s: float = QUIET_S
    ) -> None:
        super().__init__(
            "weekly-check",
            lambda tell, stopped: check(lambda done, total: tell((done, total)), stopped),
            bus, busy, quiet_s,
        )  # fmt: skip

    def done(self, result: CheckView) -> None:
        """Say what is hurt, and let the section «Dữ liệu» show the check."""
        if result.found:
            self.bus.failed.emit(f"{result.found[0].sentence} {WHERE}")
        self.bus.changed.emit()
