"""Asks how a spreadsheet is to be read: which letters, and which of its columns fills which blank of the form."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QGridLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.dossier.list_views import LettersView, ListProposal
from desktop.ui.kit.basic import ElidedLabel, button, column, label, row, rule
from desktop.ui.theme import px, set_state

SKIP = "Bỏ qua"
WIDE, HIGH = 720, 560


class MappingDialog(QDialog):
    """Shows a proposal; `reread` asks for the file again in other letters and answers with `show_proposal`."""

    def __init__(self, proposal: ListProposal, reread: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Ghép cột của bảng tính")
        self._reread = reread
        self.proposal = proposal
        self.combos: list[QComboBox] = []
        self.letters = QButtonGroup(self)
        box = column(self, (16, 14, 16, 14), 8)
        self._title = label("", "h2")
        self._why = label("", "muted", wrap=True)
        box.addWidget(self._title)
        box.addWidget(self._why)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        box.addWidget(self._area, 1)
        self._missing = label("", "medium", "red", wrap=True)
        box.addWidget(self._missing)
        box.addLayout(self._foot())
        self.resize(px(WIDE), px(HIGH))
        self.show_proposal(proposal)

    def _foot(self) -> QVBoxLayout:
        made = column()
        line = row(gap=8)
        line.addStretch(1)
        self.cancel = button("Bỏ qua tệp này", run=self.reject)
        self.take = button("Nhập danh sách", "check", "primary", self.accept)
        for widget in (self.cancel, self.take):
            line.addWidget(widget)
        made.addLayout(line)
        return made

    def show_proposal(self, proposal: ListProposal) -> None:
        """Show a file as it would be read now."""
        self.proposal = proposal
        self._title.setText(proposal.path.name)
        again = "Cách ghép lần trước của nguồn này." if proposal.remembered else "Máy ghép cột theo tiêu đề."
        self._why.setText(f"{again} Xem lại rồi nhập; lần sau tệp cùng tiêu đề dùng lại cách ghép này.")
        inside = QWidget()
        inside.setObjectName("scrolled")
        box = column(inside, (2, 2, 10, 2), 8)
        if proposal.others:
            self._ask_letters(box)
        self._ask_columns(box)
        box.addStretch(1)
        self._area.setWidget(inside)
        self._judge()

    def _ask_letters(self, box: QVBoxLayout) -> None:
        self.letters = QButtonGroup(self)
        sure = "Bảng mã của tệp" if self.proposal.certain else "Bảng mã của tệp: chọn dòng đọc được đúng tiếng Việt"
        box.addWidget(label(sure, "section"))
        for place, way in enumerate((self.proposal.letters, *self.proposal.others)):
            box.addWidget(self._way(way, chosen=place == 0))
        box.addWidget(rule())

    def _way(self, way: LettersView, *, chosen: bool) -> QWidget:
        made = QWidget()
        line = row(made, gap=8)
        pick = QRadioButton(way.label)
        pick.setChecked(chosen)
        pick.setFixedWidth(px(190))
        pick.setAccessibleDescription(way.line)
        pick.clicked.connect(lambda *_args: None if chosen else self._reread(way.key))
        self.letters.addButton(pick)
        line.addWidget(pick)
        line.addWidget(ElidedLabel(way.line, "medium" if chosen else "muted"), 1)
        return made

    def _ask_columns(self, box: QVBoxLayout) -> None:
        box.addWidget(label("Cột trong tệp", "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(6))
        grid.setColumnMinimumWidth(0, px(190))
        grid.setColumnStretch(2, 1)
        self.combos = []
        for place, heading in enumerate(self.proposal.headings):
            name = ElidedLabel(f"{_letter(place)}  {heading or '(không tiêu đề)'}", "medium")
            combo = self._combo(place, heading)
            grid.addWidget(name, place, 0)
            grid.addWidget(combo, place, 1)
            first = [cells[place] for cells in self.proposal.sample if place < len(cells) and cells[place]]
            grid.addWidget(ElidedLabel(", ".join(first), "muted"), place, 2)
        box.addLayout(grid)

    def _combo(self, place: int, heading: str) -> QComboBox:
        made = QComboBox()
        made.setFixedWidth(px(220))
        made.setAccessibleName(f"Cột {_letter(place)} «{heading}» ghi vào")
        made.addItem(SKIP, "")
        for target in self.proposal.fields:
            made.addItem(target.label + (" *" if target.needed else ""), target.key)
        made.setCurrentIndex(max(0, made.findData(self.proposal.columns.get(place, ""))))
        made.activated.connect(lambda *_args: self._taken(made))
        self.combos.append(made)
        return made

    def _taken(self, changed: QComboBox) -> None:
        """Give each blank one column only: the newest choice counts."""
        for other in self.combos:
            if other is not changed and changed.currentData() and other.currentData() == changed.currentData():
                other.setCurrentIndex(0)
        self._judge()

    def columns(self) -> dict[int, str]:
        """Give the form's column by the index of the file's."""
        return {place: combo.currentData() for place, combo in enumerate(self.combos) if combo.currentData()}

    def _judge(self) -> None:
        missing = self.proposal.missing(self.columns())
        self._missing.setText(f"Chưa có cột cho {', '.join(missing)}. Chọn ở cột giữa." if missing else "")
        self._missing.setVisible(bool(missing))
        self.take.setEnabled(not missing)
        set_state(self._missing, "tint", "red")


def _letter(place: int) -> str:
    """Name a column as spreadsheets do: A to Z, then AA."""
    return (_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)
