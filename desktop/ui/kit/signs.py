"""Signs that carry a state: badge, banner, thin progress bar, signer dots. Always icon and word, never colour alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desktop.ui.kit.basic import column, frame, label, picture, row, set_picture
from desktop.ui.theme import colour, px, set_state, tokens

DOT_WORDS = {"signed": "đã ký", "turn": "đến lượt", "waiting": "chưa đến", "bad": "chữ ký hỏng"}


class Badge(QFrame):
    """A small framed state: icon, word, tint."""

    def __init__(self, text: str = "", icon: str = "circle", tint: str = "slate") -> None:
        super().__init__()
        self.setProperty("k", "badge")
        box = row(self, (6, 1, 7, 1), 4)
        self._icon = picture(icon, tokens().tint(tint).ink, 14)
        self._label = label(text, "section")
        box.addWidget(self._icon)
        box.addWidget(self._label)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(text, icon, tint)

    def show_state(self, text: str, icon: str, tint: str) -> None:
        """Change what the badge says."""
        self._label.setText(text)
        set_picture(self._icon, icon, tokens().tint(tint).ink, 14)
        set_state(self, "tint", tint)
        set_state(self._label, "tint", tint)
        self.setAccessibleName(text)


class Banner(QFrame):
    """A strip with a coloured left bar: one strong line, one or two plain ones."""

    def __init__(self, tint: str = "amber", icon: str = "info", title: str = "", text: str = "") -> None:
        super().__init__()
        self.setProperty("k", "banner")
        box = self._across = row(self, (10, 7, 12, 7), 10)
        self._icon = picture(icon, tokens().tint(tint).ink, 18)
        box.addWidget(self._icon)
        words = column(gap=1)
        self._title, self._text = label(title, "strong", wrap=True), label(text, "", wrap=True)
        words.addWidget(self._title)
        words.addWidget(self._text)
        box.addLayout(words, 1)
        self.buttons = row(gap=8)
        box.addLayout(self.buttons)
        self.say(tint, icon, title, text)

    def say(self, tint: str, icon: str, title: str, text: str = "") -> None:
        """Change colour and words; an empty second line takes no room."""
        set_picture(self._icon, icon, tokens().tint(tint).ink, 18)
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        top = Qt.AlignmentFlag.AlignTop if text else Qt.AlignmentFlag.AlignVCenter
        self._across.setAlignment(self._icon, top)
        set_state(self, "tint", tint)
        set_state(self._title, "tint", tint)
        self.setAccessibleName(f"{title.rstrip('.')}. {text}" if text else title)


class ThinBar(QWidget):
    """A thin progress bar, 0..1; the words beside it say the number too."""

    def __init__(self, thickness: int = 6, shade: str = "") -> None:
        super().__init__()
        self._share, self._shade, self._thickness = 0.0, shade, thickness
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_share(0.0)

    def set_share(self, share: float) -> None:
        """Show `share` of the way."""
        self._share = min(1.0, max(0.0, share))
        self.setAccessibleName(f"{round(self._share * 100)} %")
        self.update()

    def sizeHint(self) -> QSize:
        """Give the bar its height."""
        return QSize(px(60), px(self._thickness))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track and filled part."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_bar(
            painter, QRectF(self.rect()), self._share, self._shade or tokens().tint("blue").ink, px(self._thickness)
        )


def paint_bar(painter: QPainter, area: QRectF, share: float, shade: str, thickness: float) -> None:
    """Draw a rounded bar centred in `area`, filled to `share` (0..1)."""
    bar = QRectF(area.left(), area.center().y() - thickness / 2, area.width(), thickness)
    radius = thickness / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(tokens().track))
    painter.drawRoundedRect(bar, radius, radius)
    if share > 0:
        painter.setBrush(colour(shade))
        painter.drawRoundedRect(
            QRectF(bar.left(), bar.top(), max(thickness, bar.width() * share), thickness), radius, radius
        )


def paint_dot(painter: QPainter, centre_x: float, centre_y: float, size: float, state: str) -> None:
    """Draw one signer dot: disc with tick, ring with dot, empty ring, red disc with ×."""
    look = tokens()
    area = QRectF(centre_x - size / 2, centre_y - size / 2, size, size)
    shade = {"signed": look.tint("green").ink, "turn": look.tint("violet").ink, "bad": look.tint("red").ink}.get(
        state, look.control
    )
    pen = QPen(colour(shade))
    pen.setWidthF(1.4)
    painter.setPen(pen)
    solid = state in ("signed", "bad")
    painter.setBrush(colour(shade if solid else look.surface))
    painter.drawEllipse(area)
    if state == "turn":
        painter.setBrush(colour(shade))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(area.adjusted(size * 0.3, size * 0.3, -size * 0.3, -size * 0.3))
    elif solid:
        pen.setColor(colour(look.surface))
        pen.setWidthF(1.6)
        painter.setPen(pen)
        _mark(painter, area, state)


def _mark(painter: QPainter, area: QRectF, state: str) -> None:
    size = area.width()
    tick = [(0.28, 0.53), (0.44, 0.68), (0.73, 0.36)]
    cross = [(0.33, 0.33), (0.67, 0.67), (0.5, 0.5), (0.67, 0.33), (0.33, 0.67)]
    points = [area.topLeft() + QPointF(size * x, size * y) for x, y in (cross if state == "bad" else tick)]
    painter.drawPolyline(points)


class Dot(QWidget):
    """One signer dot as a widget, for lists of steps."""

    def __init__(self, state: str) -> None:
        super().__init__()
        self._state = state
        self.setFixedSize(px(14), px(16))
        self.setAccessibleName(DOT_WORDS.get(state, state))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_dot(painter, self.width() / 2, self.height() / 2, px(11), self._state)


def card() -> QFrame:
    """Make a white card with a thin line around it."""
    return frame("card")
