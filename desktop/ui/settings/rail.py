"""The sections of the place below each other at the left: icon and words, the icon alone where there is little room."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton

from desktop.ui import icons
from desktop.ui.kit.basic import column
from desktop.ui.settings.section import Section
from desktop.ui.theme import px, tokens

WIDE, NARROW = 190, 42
FOLDS_BELOW = 1000
"""Design pixels of the page under which the rail shows icons alone."""


class RailButton(QToolButton):
    """One section."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self._title = section.title
        self.setProperty("k", "rail")
        self.setCheckable(True)
        self.setIcon(icons.icon(section.icon, tokens().muted, tokens().faint, px(17)))
        self.setIconSize(QSize(px(17), px(17)))
        self.setFixedHeight(px(34))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(section.title)
        self.set_wide(wide=True)

    def set_wide(self, *, wide: bool) -> None:
        """Show words, or say them in the tip."""
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if wide else Qt.ToolButtonStyle.ToolButtonIconOnly
        self.setToolButtonStyle(style)
        self.setText("  " + self._title.replace("&", "&&") if wide else "")
        self.setToolTip("" if wide else self._title)


class SectionRail(QFrame):
    """`chosen` is called with the key of the section that a person picked."""

    def __init__(self, sections: Sequence[Section], chosen: Callable[[str], object]) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self.setAccessibleName("Các phần của danh mục và cài đặt")
        self._group = QButtonGroup(self)
        self.buttons: dict[str, RailButton] = {}
        box = column(self, (1, 6, 1, 6), 1)
        for section in sections:
            made = self.buttons[section.key] = RailButton(section)
            made.clicked.connect(lambda _checked=False, key=section.key: chosen(key))
            self._group.addButton(made)
            box.addWidget(made)
        box.addStretch(1)
        self.set_wide(wide=True)

    def show_chosen(self, key: str) -> None:
        """Mark the section in view."""
        self.buttons[key].setChecked(True)

    def fit(self, width: int) -> None:
        """Suit a page so many device pixels wide."""
        self.set_wide(wide=width >= px(FOLDS_BELOW))

    def set_wide(self, *, wide: bool) -> None:
        """Open to words or fold to icons."""
        self.setFixedWidth(px(WIDE if wide else NARROW))
        for made in self.buttons.values():
            made.set_wide(wide=wide)
