"""Which windows of the month are photographed: unusual forms while they are drafts, lists and balances at the end."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from desktop.demo.drafts import Made as Pictured
from desktop.demo.home import DemoHome
from desktop.demo.month.commune import MISMATCH
from desktop.demo.month.drafting import Made
from desktop.demo.month.entry import Entry
from desktop.demo.month.home import MonthHome
from desktop.demo.month.units import COMMUNE_KEY
from desktop.demo.photographer import Photographer
from desktop.demo.processes import Processes

OF_DRAFTS = {
    "Trợ cấp 400 người có công, bảo trợ xã hội": "month-beneficiaries",
    "Thanh toán khối lượng đường bản Nàng 1": "month-capital",
    MISMATCH: "month-reconciling",
}
"""Title of a draft to the stage of desktop.demo.screens that shows it."""


def of_draft(processes: Processes, unit: DemoHome, folder: Path, entry: Entry, local_id: str) -> None:
    """Takes the picture of a draft that is worth one. Raises PartError when a window does not open."""
    stage = OF_DRAFTS.get(entry.title)
    if stage is not None:
        Photographer(processes, unit, folder).take(stage, Pictured(local_id, entry.title, entry.expect))


def at_the_end(processes: Processes, world: MonthHome, folder: Path, made: Mapping[tuple[str, str], Made]) -> list[str]:
    """Takes the lists and balances; gives the names of all pictures."""
    unit = world.units[COMMUNE_KEY]
    shown = made[COMMUNE_KEY, MISMATCH]
    photographer = Photographer(processes, unit, folder)
    photographer.take("month-end", Pictured(shown.local_id, shown.entry.title, shown.entry.expect))
    return photographer.names()
