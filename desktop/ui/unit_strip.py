"""The colour of a unit: a strip that differs from unit to unit, so that nobody works for the wrong one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.theme import colour, px

SHADES: Mapping[str, str] = {
    "teal": "#1F98A5",
    "amber": "#C98A2B",
    "indigo": "#8A63C9",
    "rose": "#C65B55",
    "green": "#2C9A6B",
    "slate": "#7D8FA3",
}
"""By the names of the list of units on this machine; decoration only, the unit's name says it."""


def shade_of(name: str, code: str) -> str:
    """Give the shade of a named colour; of a unit that is on no list, one that follows from its code."""
    known = tuple(SHADES.values())
    return SHADES.get(name, known[hashlib.sha256(code.encode()).digest()[0] % len(known)])


class Strip(QWidget):
    """The strip itself."""

    def __init__(self, shade: str) -> None:
        super().__init__()
        self.shade = shade
        self.setFixedHeight(px(3))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill it."""
        QPainter(self).fillRect(self.rect(), colour(self.shade))
