"""All that is wrong or doubtful about a list, as a list of its own: a thousand findings cost no widget each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.dossier.document import Problem
from desktop.ui import icons
from desktop.ui.editor.problem_list import SIGNS, split_message
from desktop.ui.theme import colour, font, px, tokens

Index = QModelIndex | QPersistentModelIndex
PROBLEM = Qt.ItemDataRole.UserRole + 1
HIGH = 58


class FoundModel(QAbstractListModel):
    """Problems in the order given."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: tuple[Problem, ...] = ()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show other problems; the same ones are left alone so that the cursor stays."""
        if self.problems != tuple(problems):
            self.beginResetModel()
            self.problems = tuple(problems)
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give how many there are."""
        return 0 if parent.isValid() else len(self.problems)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give a problem, or its words."""
        problem = self.problems[index.row()]
        if role == PROBLEM:
            return problem
        spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        return problem.message if role in spoken else None


class FoundDelegate(QStyledItemDelegate):
    """Paints the place in bold and the words on two lines below."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Give the same height to each."""
        return QSize(px(200), px(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one problem."""
        problem = index.data(PROBLEM)
        if not isinstance(problem, Problem):
            return
        area: QRect = option.rect  # type: ignore[attr-defined, unused-ignore]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined, unused-ignore]
        icon, tint = SIGNS[problem.level]
        look, ink = tokens(), tokens().tint(tint).ink
        painter.save()
        painter.fillRect(area, colour(look.sel if chosen else look.surface))
        painter.setPen(colour(look.line2))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if chosen:
            painter.fillRect(QRect(area.left(), area.top(), px(3), area.height()), colour(look.focus))
        inner = area.adjusted(px(10), px(5), -px(10), -px(3))
        painter.drawPixmap(inner.left(), inner.top() + px(2), icons.pixmap(icon, ink, px(15)))
        words = inner.adjusted(px(21), 0, 0, 0)
        place, rest = split_message(problem)
        if place:
            painter.setFont(font(10, 600))
            painter.setPen(colour(ink))
            painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), place.rstrip(":"))
            words = words.adjusted(0, px(18), 0, 0)
        self._rest(painter, words, rest)
        painter.restore()

    def _rest(self, painter: QPainter, area: QRect, words: str) -> None:
        """Break words over the lines there are, the last one ending in «…» when they do not fit."""
        painter.setFont(font(9))
        painter.setPen(colour(tokens().text))
        metrics = QFontMetrics(painter.font())
        lines = max(1, area.height() // metrics.height())
        room = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width() * lines - px(30) * (lines - 1))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap), room)


class FoundList(QListView):
    """Shows the problems of a list; Enter or a click goes to the place."""

    def __init__(self) -> None:
        super().__init__()
        self.found = FoundModel()
        self.setModel(self.found)
        self.setItemDelegate(FoundDelegate(self))
        self.setAccessibleName("Các chỗ cần sửa của danh sách")
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
