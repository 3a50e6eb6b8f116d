"""The tabs of the editor: one per form with its number of errors, then files and history."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QTabBar

from desktop.dossier.document import Dossier, Level, Problem
from desktop.dossier.forms import Form
from desktop.ui import icons
from desktop.ui.editor.arrange import short_title
from desktop.ui.kit.basic import label
from desktop.ui.theme import px, tokens

FEW, LONGEST, LONGEST_OF_MANY = 2, 32, 20
"""Letters of a form's name on its tab; the tooltip has it whole."""
FILES, HISTORY = "Đính kèm", "Diễn biến"


class Tabs(QTabBar):
    """Tab i shows document i; the last two are files and history."""

    def __init__(self) -> None:
        super().__init__()
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setDrawBase(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setIconSize(QSize(px(15), px(15)))
        self.setAccessibleName("Phần của hồ sơ")
        self._count = -1

    def show_dossier(self, dossier: Dossier, forms: Sequence[Form]) -> None:
        """Make the tabs fit the dossier, keeping the one in view."""
        names = [short_title(form) for form in forms]
        if self._count != len(names):
            kept = self.currentIndex()
            self._rebuild(names)
            self.setCurrentIndex(min(max(kept, 0), self.count() - 1))
        files = len(dossier.attachments)
        self.setTabText(len(names), f"{FILES} ({files})" if files else FILES)

    def _rebuild(self, names: Sequence[str]) -> None:
        self.blockSignals(True)
        while self.count():
            self.removeTab(0)
        most = LONGEST if len(names) <= FEW else LONGEST_OF_MANY
        for name in names:
            short = name if len(name) <= most else name[: most - 1].rstrip() + "…"
            self.setTabToolTip(self.addTab(_icon("file-text"), short), name)
        self.addTab(_icon("paperclip"), FILES)
        self.addTab(_icon("history"), HISTORY)
        self._count = len(names)
        self.blockSignals(False)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Put the number of errors on each form's tab."""
        for place in range(self._count):
            errors = sum(p.where.document == place and p.level is Level.ERROR for p in problems)
            old = self.tabButton(place, QTabBar.ButtonPosition.RightSide)
            if isinstance(old, QLabel) and old.text() == str(errors):
                continue
            made = label(str(errors), "count") if errors else None
            if made is not None:
                made.setAccessibleName(f"{errors} lỗi")
            self.setTabButton(place, QTabBar.ButtonPosition.RightSide, made)  # type: ignore[arg-type, unused-ignore]


def _icon(name: str) -> QIcon:
    return icons.icon(name, tokens().muted, size=px(15))
