"""A section with one long piece of work: a strip says how far it is and how it ended, and it can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.dossier.errors import VungXaError
from desktop.ui.context import Context
from desktop.ui.settings.long_work import LongWork, Stopped, Tell
from desktop.ui.settings.section import Section
from desktop.ui.settings.work_strip import WorkStrip


class WorkSection(Section):
    """The work runs on a thread of its own; while it does, the section's commands wait and everything can be read."""

    reading = "Đang đọc…"
    doing = ""
    """What the strip says while the work is under way."""

    def __init__(self, context: Context, fail: Callable[[str], object]) -> None:
        super().__init__(context, fail)
        self.work = LongWork(self, self.key)
        self.work.told.connect(self.told)
        self.work.ended.connect(self._over)
        self.work.failed.connect(self._broke)
        self.strip = WorkStrip(self.work.cancel)
        self.strip.tell("slate", "info", self.reading)

    def begin(self, work: Callable[[Tell, Stopped], object]) -> bool:
        """Begin a piece of work; False while another one is under way."""
        if not self.work.start(work):
            return False
        self.strip.under_way(self.doing, "Đang bắt đầu", 0, 0)
        self.settle()
        return True

    def told(self, progress: Any) -> None:
        """Show how far it is."""

    def ended(self, result: Any) -> None:
        """Say how it ended."""
        raise NotImplementedError

    def end(self) -> None:
        """Stop what is under way; nothing half stays of it."""
        self.work.end()

    def settle(self) -> None:
        """Offer only what can be done now."""
        for command in self.commands:
            command.setEnabled(not self.work.running)
        self.show_chosen(self.list().key)

    def _over(self, result: object) -> None:
        self.ended(result)
        self.settle()

    def _broke(self, error: VungXaError) -> None:
        self.strip.broke(error)
        self.settle()
