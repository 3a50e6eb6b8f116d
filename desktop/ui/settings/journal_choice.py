"""By whom and of what kind: two choices over the journal that hold while the window stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from desktop.dossier.journal_views import JournalChoices
from desktop.ui.kit.basic import button, row
from desktop.ui.theme import px

EVERYBODY, EVERYTHING = "Mọi người", "Mọi loại việc"


class JournalChoice(QWidget):
    """`changed` is called after a person chose; `who` and `kind` are codes, "" for all."""

    def __init__(self, changed: Callable[[], object]) -> None:
        super().__init__()
        self._changed, self._known = changed, JournalChoices((), ())
        self.people, self.kinds = QComboBox(), QComboBox()
        line = row(self, (10, 7, 10, 7), 8)
        for name, combo, all_of_them in (
            ("Người làm", self.people, EVERYBODY),
            ("Loại việc", self.kinds, EVERYTHING),
        ):
            combo.setAccessibleName(f"{name}, lọc nhật ký")
            combo.setMinimumWidth(px(130))
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMaximumWidth(px(230))
            combo.addItem(all_of_them, "")
            combo.currentIndexChanged.connect(lambda _place: self._chosen())
            line.addWidget(combo, 2)
        self.clear = button("Bỏ lọc", "x", "link", self.all)
        self.clear.setVisible(False)
        line.addWidget(self.clear)
        line.addStretch(1)

    @property
    def who(self) -> str:
        """Whose entries are wanted."""
        return str(self.people.currentData() or "")

    @property
    def kind(self) -> str:
        """Which kind of act is wanted."""
        return str(self.kinds.currentData() or "")

    def offer(self, choices: JournalChoices) -> None:
        """Offer these; what is chosen stays chosen."""
        if choices == self._known:
            return
        self._known = choices
        for combo, items in ((self.people, choices.people), (self.kinds, choices.kinds)):
            _fill(combo, items)

    def all(self) -> None:
        """Choose everybody and everything."""
        for combo in (self.people, self.kinds):
            combo.blockSignals(True)
            combo.setCurrentIndex(0)
            combo.blockSignals(False)
        self._chosen()

    def _chosen(self) -> None:
        self.clear.setVisible(bool(self.who or self.kind))
        self._changed()


def _fill(combo: QComboBox, items: Sequence[tuple[str, str]]) -> None:
    kept = combo.currentData()
    combo.blockSignals(True)
    while combo.count() > 1:
        combo.removeItem(1)
    for code, title in items:
        combo.addItem(title, code)
    combo.setCurrentIndex(max(0, combo.findData(kept)))
    combo.blockSignals(False)
