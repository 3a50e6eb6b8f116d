"""Checks of the data in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

from desktop.dossier.data_views import CheckView, Damage, DataView
from tests.ui.memory_backup import begun

START = CheckView("start", "2026-11-24T00:31:02Z", 41, ())
FULL = CheckView("full", "2026-11-21T09:40:00Z", 38_400, ())
DAMAGE = (
    Damage("attachment", "Hợp đồng 12.pdf", "Tệp đính kèm bị hỏng, hồ sơ vẫn mở được. Đính lại tệp gốc.", ("d0442",)),
    Damage("pages", "trang 2041", "Một trang của unit.vx không đọc được. Không mất hồ sơ nào; hãy sao lưu ngay."),
)  # fmt: skip
GOOD = DataView(START, FULL, due=False)
NEVER = DataView(START, None, due=True)
DUE = DataView(START, CheckView("full", "2026-11-02T09:40:00Z", 38_400, ()), due=True)
HURT = DataView(START, CheckView("full", "2026-11-21T09:40:00Z", 38_400, DAMAGE), due=False)


@dataclass
class MemoryData:
    """`going` holds a check up at two fifths; `finds` is what it finds."""

    shown: DataView = GOOD
    finds: tuple[Damage, ...] = ()
    going: Event = field(default_factory=begun)

    def view(self) -> DataView:
        return self.shown

    def check(self, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> CheckView | None:
        progress(40, 100)
        while not self.going.wait(0.01):
            if cancelled():
                return None
        made = CheckView("full", "2026-11-24T02:00:00Z", 900, self.finds)
        self.shown = DataView(self.shown.start, made, due=False)
        return made
