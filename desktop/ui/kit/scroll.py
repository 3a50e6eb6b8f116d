"""Columns that scroll up and down, never sideways: what does not fit is wrapped or shortened by its own widgets."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.ui.kit.basic import column


def scrolled(margins: tuple[int, int, int, int], gap: int, name: str = "") -> tuple[QScrollArea, QVBoxLayout]:
    """Make a scrolling column and the layout to fill; with a `name` the keyboard can reach and scroll it."""
    inside = QWidget()
    inside.setObjectName("scrolled")
    box = column(inside, margins, gap)
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.TabFocus if name else Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    return area, box
