"""Payees that are new or changed: said to every signer, and stood for one by one by the last."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QWidget

from desktop.dossier.sign_views import PayeeNews
from desktop.ui.kit.basic import button, column, label, picture, row
from desktop.ui.kit.cells import Cell, Kind, cell_data
from desktop.ui.kit.tables import ListTable
from desktop.ui.theme import fit, px, tokens

Index = QModelIndex | QPersistentModelIndex
Stand = Callable[[Collection[str], bool], object]
"""Stands for payees by their keys, or no longer."""
INLINE = 5
"""So many payees have room in the panel; more are stood for in a list of their own."""
KINDS = {"new": ("Mới", "user", "blue"), "changed": ("Đổi", "triangle-alert", "amber")}
ADVICE = "Gọi điện hoặc xem giấy tờ của người nhận trước khi xác nhận. Nhật ký ghi tên bạn và giờ."


class NewsLine(QWidget):
    """One payee in words, with a box to tick where this signer must stand for it."""

    def __init__(self, news: PayeeNews, stands: bool | None, stand: Stand) -> None:
        super().__init__()
        line = row(self, gap=7)
        _word, icon, tint = KINDS[news.kind]
        self.box: QCheckBox | None = None
        if stands is not None:
            self.box = QCheckBox()
            self.box.setFixedSize(px(24), px(24))
            self.box.setChecked(stands)
            self.box.setAccessibleName(f"Xác nhận: {news.text}")
            self.box.toggled.connect(lambda on: stand([news.key], on))
            line.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        else:
            line.addWidget(picture(icon, tokens().tint(tint).ink, 15), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(news.text, "", "" if stands is not None else tint, wrap=True), 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the words ticks too."""
        super().mouseReleaseEvent(event)
        if self.box is not None:
            self.box.toggle()


class NewsModel(QAbstractTableModel):
    """Payees of one dossier, one a row."""

    heads = ("", "", "Người nhận", "Số tài khoản", "Vì sao hỏi")

    def __init__(self, news: Sequence[PayeeNews], stood: Collection[str], stand: Stand) -> None:
        super().__init__()
        self.news, self._stood, self._stand = list(news), set(stood), stand

    def toggle(self, place: int) -> None:
        """Stand for one payee, or no longer."""
        if 0 <= place < len(self.news):
            key = self.news[place].key
            self._stand([key], key not in self._stood)
            self._stood ^= {key}
            self.dataChanged.emit(self.index(place, 0), self.index(place, 4))

    def stand_for_all(self) -> None:
        """Stand for every one of them."""
        self._stood = {news.key for news in self.news}
        self._stand(self._stood, True)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.news) - 1, 4))

    def open_count(self) -> int:
        """Give how many nobody stands for yet."""
        return sum(news.key not in self._stood for news in self.news)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of payees."""
        return 0 if parent.isValid() else len(self.news)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of columns."""
        return 0 if parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heads."""
        wanted = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self.heads[section] if wanted else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give one cell."""
        news = self.news[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return news.text
        word, icon, tint = KINDS[news.kind]
        cells = (
            Cell(Kind.TICK, ticked=news.key in self._stood),
            Cell(Kind.STATE, word, icon=icon, tint=tint, weight=500),
            Cell(text=news.name, weight=500),
            Cell(text=news.account),
            Cell(text=news.text),
        )
        return cell_data(cells[index.column()], role)


class NewsDialog(QDialog):
    """A long list of new and changed payees, to be stood for with Space, one by one or all."""

    def __init__(
        self, number: str, news: Sequence[PayeeNews], stood: Collection[str], stand: Stand, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Người nhận tiền mới hoặc đổi, hồ sơ {number}")
        fit(self, 940, 600)
        box = column(self, (16, 14, 16, 14), 8)
        box.addWidget(label(f"{len(news)} người nhận tiền mới hoặc đổi", "h2"))
        box.addWidget(label(ADVICE, "muted", wrap=True))
        self.model = NewsModel(news, stood, stand)
        self.table = ListTable("Người nhận tiền mới hoặc đổi", self.model, (34, 74, 190, 130, 0))
        self.table.setAccessibleDescription("Dấu cách để xác nhận hoặc bỏ xác nhận một người")
        self.table.on_tick(lambda: self.model.toggle(self.table.current_row()))
        self.model.dataChanged.connect(lambda *_cells: self._count())
        box.addWidget(self.table, 1)
        box.addLayout(self._foot())
        self.table.choose(0)
        self._count()

    def _foot(self) -> QHBoxLayout:
        line = row(gap=8)
        self._left = label("", "strong")
        line.addWidget(self._left)
        line.addStretch(1)
        self.every = button(f"Xác nhận cả {len(self.model.news)} người", "list-checks", run=self.model.stand_for_all)
        line.addWidget(self.every)
        line.addWidget(button("Xong", kind="primary", run=self.accept))
        return line

    def _count(self) -> None:
        left = self.model.open_count()
        self._left.setText(f"Còn {left} người chưa xác nhận" if left else "Đã xác nhận tất cả")
        self.every.setEnabled(bool(left))
