"""What one cell of a list shows, and the one delegate that paints every kind of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui import icons
from desktop.ui.kit.signs import DOT_WORDS, paint_bar, paint_dot
from desktop.ui.kit.use_bar import paint_use
from desktop.ui.theme import LEFT, RIGHT, colour, font, px, tokens

Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole + 1
"""Role under which a model gives its Cell."""


SMALLEST = 8.5
_SENDER = "Kho bạc "


class Kind(Enum):
    """How a cell is painted."""

    TEXT = "text"
    MONEY = "money"
    BADGE = "badge"
    DOTS = "dots"
    PROGRESS = "progress"
    STATE = "state"
    TICK = "tick"
    USE = "use"


@dataclass(frozen=True)
class Cell:
    """One cell: words, and what its kind needs besides.

    `second` is a smaller line below; `tint` a state colour; `share` 0..1; `dots` one state per signer; `weight` of the
    words; `problem` is "", "warning" or "error"; `ticked` None means no box; `faded` for what can no longer be changed;
    `held` is the hatched share after `share`; `sum` for the ground of sums; `indent` design pixels before the words.
    """

    kind: Kind = Kind.TEXT
    text: str = ""
    second: str = ""
    icon: str = ""
    tint: str = ""
    share: float = 0.0
    dots: tuple[str, ...] = ()
    weight: int = 400
    right: bool = False
    centred: bool = False
    faded: bool = False
    problem: str = ""
    ticked: bool | None = None
    held: float = 0.0
    sum: bool = False
    indent: int = 0

    @property
    def spoken(self) -> str:
        """Say the whole cell in words, for screen readers."""
        if self.kind is Kind.DOTS:
            return ", ".join(DOT_WORDS.get(dot, dot) for dot in self.dots)
        if self.kind is Kind.PROGRESS:
            return f"{round(self.share * 100)} %"
        if self.kind is Kind.TICK:
            return "đã chọn" if self.ticked else "không chọn"
        return f"{self.text}, {self.second}" if self.second else self.text


def cell_data(cell: Cell, role: int) -> object:
    """Answer a model's data() for the roles that a Cell can answer; None for others."""
    if role == CELL:
        return cell
    if role == Qt.ItemDataRole.DisplayRole:
        return cell.text
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return cell.spoken
    return None


class CellDelegate(QStyledItemDelegate):
    """Paints Cells: rows with a line under them, the chosen row filled with a bar at its left edge."""

    pad = 8

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, words and signs of one cell."""
        cell = index.data(CELL)
        if not isinstance(cell, Cell):
            return
        area, chosen = _rect(option), bool(_state(option) & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._ground(painter, area, cell, chosen, index)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _PAINTERS[cell.kind](painter, area.adjusted(px(self.pad), 0, -px(self.pad), -1), cell)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give the row height of the design, 28."""
        return QSize(super().sizeHint(option, index).width(), px(28))

    def _ground(self, painter: QPainter, area: QRect, cell: Cell, chosen: bool, index: Index) -> None:
        look = tokens()
        painter.fillRect(area, colour(look.sel if chosen else look.subtle if cell.sum else look.surface))
        if cell.problem:
            problem_ground(painter, area, cell.problem)
        painter.setPen(colour(look.line2))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if chosen and index.column() == 0:
            painter.fillRect(QRect(area.left(), area.top(), px(3), area.height()), colour(look.focus))


def problem_ground(painter: QPainter, area: QRect, problem: str) -> None:
    """Tint a cell that has a problem and mark its corner, so that colour is not alone."""
    tint = tokens().tint("red" if problem == "error" else "amber")
    painter.fillRect(area, colour(tint.paper))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(tint.ink))
    corner, side = area.topLeft(), px(7)
    painter.drawPolygon(
        QPolygon([corner, QRect(corner, QSize(side, 1)).topRight(), QRect(corner, QSize(1, side)).bottomLeft()])
    )


def _rect(option: QStyleOptionViewItem) -> QRect:
    return option.rect  # type: ignore[attr-defined, no-any-return, unused-ignore]  # its stubs forget the base class


def _state(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    return option.state  # type: ignore[attr-defined, no-any-return, unused-ignore]  # its stubs forget the base class


def _ink(cell: Cell) -> str:
    look = tokens()
    if cell.tint:
        return look.tint(cell.tint).ink
    return look.muted if cell.faded else look.text


def _words(painter: QPainter, area: QRect, cell: Cell) -> None:
    area = area.adjusted(px(cell.indent), 0, 0, 0)
    painter.setPen(QPen(colour(_ink(cell))))
    align = Qt.AlignmentFlag.AlignCenter if cell.centred else RIGHT if cell.right else LEFT
    if not cell.second:
        whole = cell.kind is Kind.MONEY and _width(cell.text, cell.weight) > area.width()
        _line(painter, area, cell.text, int(align), SMALLEST if whole else 10, cell.weight)  # no amount is cut off
        return
    middle = area.center().y()
    top = QRect(area.left(), middle - px(18), area.width(), px(20))
    _line(painter, top, cell.text, int(align), 10, max(500, cell.weight))
    painter.setPen(QPen(colour(tokens().muted)))
    _line(painter, top.translated(0, px(17)), cell.second, int(align), 9, 400)


def _width(text: str, weight: int) -> int:
    return QFontMetrics(font(10, weight)).horizontalAdvance(text)


def _line(painter: QPainter, area: QRect, text: str, align: int, size: float, weight: int) -> None:
    painter.setFont(font(size, weight))
    elided = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, align, elided)


def _money(painter: QPainter, area: QRect, cell: Cell) -> None:
    if cell.icon:
        side = px(14)
        painter.drawPixmap(
            area.left() - px(2), area.center().y() - side // 2, icons.pixmap(cell.icon, _ink(cell), side)
        )
    _words(painter, area, replace(cell, right=True, weight=max(500, cell.weight) if not cell.faded else 400))


def _badge(painter: QPainter, area: QRect, cell: Cell) -> None:
    tint, metrics = tokens().tint(cell.tint), QFontMetrics(font(9, 600))
    text, room = cell.text, area.width() + px(4)
    if metrics.horizontalAdvance(text) + px(30) > room and text.startswith(_SENDER):
        text = text.removeprefix(_SENDER).capitalize()  # who says so is clear from the icon; the tooltip has it whole
    width = min(room, metrics.horizontalAdvance(text) + px(30))
    box = QRectF(area.left() + 0.5, area.center().y() - px(11) + 0.5, width, px(21))
    painter.setPen(colour(tint.edge))
    painter.setBrush(colour(tint.paper))
    painter.drawRoundedRect(box, 4, 4)
    icon = icons.pixmap(cell.icon, tint.ink, px(14))
    painter.drawPixmap(round(box.left()) + px(5), round(box.center().y()) - px(7), icon)
    painter.setPen(colour(tint.ink))
    _line(painter, box.toRect().adjusted(px(23), 0, -px(4), 0), text, int(LEFT), 9, 600)


def _dots(painter: QPainter, area: QRect, cell: Cell) -> None:
    gap = px(15)
    start = area.center().x() - gap * (len(cell.dots) - 1) / 2
    for place, dot in enumerate(cell.dots):
        paint_dot(painter, start + place * gap + 0.5, area.center().y() + 1.0, px(11), dot)


def _progress(painter: QPainter, area: QRect, cell: Cell) -> None:
    words = px(46)
    shade = tokens().tint(cell.tint).ink if cell.tint else tokens().tint("blue").ink
    paint_bar(painter, QRectF(area.adjusted(0, 0, -words, 0)), cell.share, shade, px(6))
    busy = 0 < cell.share < 1
    painter.setPen(colour(tokens().text if busy else tokens().muted))
    _line(
        painter,
        QRect(area.right() - words + 1, area.top(), words, area.height()),
        cell.spoken,
        int(RIGHT),
        9,
        600 if busy else 500,
    )


def _use(painter: QPainter, area: QRect, cell: Cell) -> None:
    words = px(50)
    paint_use(painter, QRectF(area.adjusted(0, 0, -words, 0)), cell.share, cell.held)
    painter.setPen(colour(_ink(cell)))
    _line(painter, area.adjusted(area.width() - words, 0, 0, 0), cell.text, int(RIGHT), 10, cell.weight)


def _with_icon(painter: QPainter, area: QRect, cell: Cell) -> None:
    lift = px(9) if cell.second else 0
    icon = icons.pixmap(cell.icon or "circle", _ink(cell), px(16))
    painter.drawPixmap(area.left(), area.center().y() - px(8) - lift + (px(9) if cell.second else 0), icon)
    inner = area.adjusted(px(21), 0, 0, 0)
    _words(painter, inner, cell)


def _tick(painter: QPainter, area: QRect, cell: Cell) -> None:
    if cell.ticked is None:
        return
    look, side = tokens(), px(15)
    box = QRectF(area.center().x() - side / 2 + 0.5, area.center().y() - side / 2 + 0.5, side, side)
    on = cell.ticked and not cell.faded
    painter.setPen(colour(look.accent if on else look.line if cell.faded else look.control))
    painter.setBrush(colour(look.accent if on else look.subtle if cell.faded else look.surface))
    painter.drawRoundedRect(box, 3, 3)
    if cell.ticked:
        mark = icons.pixmap("check", look.on_accent if on else look.muted, px(13))
        painter.drawPixmap(round(box.left()) + 1, round(box.top()) + 1, mark)


_PAINTERS = {
    Kind.TEXT: _words,
    Kind.MONEY: _money,
    Kind.BADGE: _badge,
    Kind.DOTS: _dots,
    Kind.PROGRESS: _progress,
    Kind.STATE: _with_icon,
    Kind.TICK: _tick,
    Kind.USE: _use,
}
