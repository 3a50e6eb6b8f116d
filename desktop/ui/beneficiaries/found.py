"""All that is wrong or doubtful about a list, each with the one button that helps; a thousand cost no widget each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.dossier.document import Problem
from desktop.dossier.payee_repairs import Repair
from desktop.ui import icons
from desktop.ui.beneficiaries.repair_button import button_area, paint_button
from desktop.ui.editor.problem_list import SIGNS, split_message
from desktop.ui.theme import colour, font, px, tokens

Index = QModelIndex | QPersistentModelIndex
PROBLEM, REPAIR = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
HIGH = 62
SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
NAMELESS = "Cần xem lại"
"""What stands beside the button of a finding that names no place."""


class FoundModel(QAbstractListModel):
    """Problems in the order given."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: tuple[Problem, ...] = ()
        self.repairs: tuple[Repair | None, ...] = ()

    def show_problems(self, problems: Sequence[Problem], repairs: Sequence[Repair | None]) -> None:
        """Show other problems with their repairs; the same ones are left alone so that the cursor stays."""
        if self.problems != tuple(problems):
            self.beginResetModel()
            self.problems, self.repairs = tuple(problems), tuple(repairs)
            self.endResetModel()
        elif self.repairs != tuple(repairs):
            self.repairs = tuple(repairs)
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give how many there are."""
        return 0 if parent.isValid() else len(self.problems)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give a problem, its repair, or the words of both."""
        problem, repair = self.problems[index.row()], self.repairs[index.row()]
        if role in (PROBLEM, REPAIR):
            return problem if role == PROBLEM else repair
        if role == Qt.ItemDataRole.DisplayRole or repair is None:
            return problem.message if role in SPOKEN else None
        does = f"{repair.label}: {repair.shown}" if repair.shown else repair.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{problem.message} Phím cách: {does}."
        return f"{problem.message}\n{does}" if role == Qt.ItemDataRole.ToolTipRole else None


class FoundDelegate(QStyledItemDelegate):
    """Paints the place in bold with the button beside it, and the words on two lines below."""

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
        inner = inside(area)
        painter.drawPixmap(inner.left(), inner.top() + px(3), icons.pixmap(icon, ink, px(15)))
        words = inner.adjusted(px(21), 0, 0, 0)
        place, rest = split_message(problem)
        repair = index.data(REPAIR)
        if isinstance(repair, Repair):
            place = place or NAMELESS
            paint_button(painter, button_area(inner, repair.label), repair.label, primary=chosen)
        if place:
            painter.setPen(colour(ink))
            self._place(painter, inner, place.rstrip(":"), repair)
            words = words.adjusted(0, px(22), 0, 0)
        self._rest(painter, words, rest)
        painter.restore()

    def _place(self, painter: QPainter, inner: QRect, place: str, repair: object) -> None:
        """Write the place on the first line, as far as the button leaves room."""
        line = QRect(inner.left() + px(21), inner.top(), inner.width() - px(21), px(22))
        if isinstance(repair, Repair):
            line.setRight(button_area(inner, repair.label).left() - px(6))
        painter.setFont(font(10, 600))
        words = QFontMetrics(painter.font()).elidedText(place, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)

    def _rest(self, painter: QPainter, area: QRect, words: str) -> None:
        """Break words over the lines there are, the last one ending in «…» when they do not fit."""
        painter.setFont(font(9))
        painter.setPen(colour(tokens().text))
        metrics = QFontMetrics(painter.font())
        lines = max(1, area.height() // metrics.height())
        room = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width() * lines - px(30) * (lines - 1))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap), room)


def inside(area: QRect) -> QRect:
    """Give what a finding's edges leave."""
    return area.adjusted(px(10), px(5), -px(10), -px(3))


class FoundList(QListView):
    """Shows the problems of a list. Enter or a click goes to a problem's place, its button or Space mends it."""

    picked = Signal(object)
    """The Problem whose place was asked for."""
    pressed_button = Signal(object, object)
    """The Problem and the Repair whose button was pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.found = FoundModel()
        self._down = QPoint(-1, -1)
        self.setModel(self.found)
        self.setItemDelegate(FoundDelegate(self))
        self.setAccessibleName("Các chỗ cần sửa của danh sách")
        self.setAccessibleDescription("Enter tới chỗ đó, phím cách bấm nút của chỗ đó")
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._clicked)
        self.activated.connect(lambda index: self.picked.emit(index.data(PROBLEM)))

    def point_at(self, row: int, column: str) -> None:
        """Choose the first finding about a cell, none when nothing is wrong with it."""
        places = ((at, problem.where) for at, problem in enumerate(self.found.problems))
        found = next((at for at, where in places if (where.row, where.column) == (row, column)), None)
        self.setCurrentIndex(QModelIndex() if found is None else self.found.index(found))

    def button_of(self, index: Index) -> QRect:
        """Give where a finding's button stands in the viewport; an empty rectangle for a finding without one."""
        repair = index.data(REPAIR)
        inner = inside(self.visualRect(index))  # type: ignore[arg-type, unused-ignore]
        return button_area(inner, repair.label) if isinstance(repair, Repair) else QRect()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where the press began."""
        self._down = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Let the second of two quick clicks press no button: another finding may have moved under the pointer."""
        super().mouseDoubleClickEvent(event)
        self._down = QPoint(-1, -1)  # Qt takes it for a first press when the findings were made anew

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the current finding's button with Space."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and index.isValid():
            self._press(index)
        else:
            super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if self.button_of(index).contains(self._down):
            self._press(index)
        else:
            self.picked.emit(index.data(PROBLEM))

    def _press(self, index: QModelIndex) -> None:
        if isinstance(index.data(REPAIR), Repair):
            self.pressed_button.emit(index.data(PROBLEM), index.data(REPAIR))
