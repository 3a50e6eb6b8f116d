"""The column of places at the left, with the unit on top and the user at the bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QSizePolicy, QToolButton, QWidget

from desktop.dossier.people import Unit
from desktop.ui import icons
from desktop.ui.kit.basic import ElidedLabel, column, frame, icon_button, label, row
from desktop.ui.texts import tr
from desktop.ui.theme import colour, font, px, tokens
from desktop.ui.unit_strip import Strip, shade_of
from desktop.ui.wording import initials

WIDE, NARROW = 190, 52


@dataclass(frozen=True)
class Place:
    """One entry of the column."""

    name: str
    title: str
    icon: str


class Logo(QWidget):
    """The program's sign: mountains under a sun."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self.setFixedSize(px(side), px(side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign to the widget's size."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        side = self.width()
        painter.setBrush(colour("#2F7DD1"))
        painter.drawRoundedRect(QRectF(0, 0, side, side), side * 0.16, side * 0.16)
        painter.setBrush(colour("#FFC94D"))
        painter.drawEllipse(QRectF(side * 0.6, side * 0.22, side * 0.18, side * 0.18))
        path = QPainterPath()
        for place, (x, y) in enumerate([(0.14, 0.74), (0.38, 0.36), (0.54, 0.58), (0.64, 0.46), (0.86, 0.74)]):
            (path.lineTo if place else path.moveTo)(side * x, side * y)
        painter.setBrush(colour("#FFFFFF"))
        painter.drawPath(path)


class NavButton(QToolButton):
    """A place with its badge, which counts dossiers that need a person here."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.setProperty("k", "nav")
        self.setCheckable(True)
        self.setIcon(icons.icon(place.icon, tokens().nav_text, size=px(18)))
        self.setIconSize(QSize(px(18), px(18)))
        self.setFixedHeight(px(38))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._badge = QLabel(self)
        self._badge.setProperty("k", "navbadge")
        self._badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.set_count(0)
        self.set_wide(True)

    def set_wide(self, wide: bool) -> None:
        """Show words and badge, or the icon alone."""
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if wide else Qt.ToolButtonStyle.ToolButtonIconOnly
        self.setToolButtonStyle(style)
        self.setText("  " + tr(self.place.title).replace("&", "&&") if wide else "")
        self.setToolTip("" if wide else tr(self.place.title))
        self._wide = wide
        self._badge.setVisible(wide and bool(self._badge.text()))

    def set_count(self, count: int) -> None:
        """Show how many dossiers need a person here; none shows no badge."""
        self._badge.setText(str(count) if count else "")
        self._badge.setVisible(bool(count) and self.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setAccessibleName(tr(self.place.title) + (f", {count} việc" if count else ""))
        self._place_badge()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the badge at the right edge."""
        super().resizeEvent(event)
        self._place_badge()

    def _place_badge(self) -> None:
        self._badge.setFont(font(9, 600))
        size = self._badge.sizeHint()
        width = max(size.width(), px(22))
        self._badge.setGeometry(self.width() - width - px(12), (self.height() - px(18)) // 2, width, px(18))


class NavBar(QFrame):
    """The column itself; `went` names the place chosen. `user` is the name of who is at the desk, and their office."""

    went = Signal(str)

    def __init__(
        self,
        unit: Unit,
        user: tuple[str, str],
        places: Sequence[Place],
        lock: Callable[[], None],
        switch: Callable[[], None] | None = None,
        colour_name: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName("nav")
        self._full: list[QWidget] = []
        self._buttons: dict[str, NavButton] = {}
        self._group = QButtonGroup(self)
        outer = column(self)
        outer.addWidget(self._head(unit, switch))
        self.strip = Strip(shade_of(colour_name, unit.code))
        outer.addWidget(self.strip)
        outer.addSpacing(px(5))
        for place in places:
            self._add(place)
            outer.addWidget(self._buttons[place.name])
        outer.addStretch(1)
        outer.addWidget(self._foot(user, lock))
        self.set_wide(True)

    def set_wide(self, wide: bool) -> None:
        """Open to 190 px or fold to 52 px."""
        self.setFixedWidth(px(WIDE if wide else NARROW))
        for button in self._buttons.values():
            button.set_wide(wide)
        for widget in self._full:
            widget.setVisible(wide)

    def show_place(self, name: str) -> None:
        """Mark the place in view."""
        self._buttons[name].setChecked(True)

    def set_count(self, name: str, count: int) -> None:
        """Show a place's badge."""
        if name in self._buttons:
            self._buttons[name].set_count(count)

    def _add(self, place: Place) -> None:
        button = NavButton(place)
        button.clicked.connect(lambda: self.went.emit(place.name))
        self._group.addButton(button)
        self._buttons[place.name] = button

    def _head(self, unit: Unit, switch: Callable[[], None] | None) -> QFrame:
        head = frame("plain", "navHead")
        head.setFixedHeight(px(54))
        box = row(head, (11, 0, 8, 0), 9)
        box.addWidget(Logo(30))
        words = column(gap=0)
        words.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        name = ElidedLabel(unit.name.replace("Ủy ban nhân dân", "UBND"), "navmuted")
        name.setToolTip(f"{unit.name}, mã ĐVQHNS {unit.code}")
        title = label("Vùng Xa", "navname")
        top = row()
        top.addWidget(title)
        top.addStretch(1)
        words.addLayout(top)
        words.addWidget(name)
        box.addLayout(words, 1)
        self._full += [title, name]
        if switch is not None:
            self.switch = icon_button("chevron-down", "Đổi đơn vị", switch, "navicon", tokens().nav_muted)
            self.switch.setFixedSize(px(24), px(24))
            top.addWidget(self.switch)
            self._full.append(self.switch)
        return head

    def _foot(self, user: tuple[str, str], lock: Callable[[], None]) -> QFrame:
        foot = frame("plain", "navFoot")
        foot.setFixedHeight(px(54))
        box = row(foot, (11, 0, 8, 0), 9)
        face = label(initials(user[0]), "avatar")
        face.setFixedSize(px(30), px(30))
        words = column(gap=0)
        words.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        name, role = ElidedLabel(user[0], "strong"), ElidedLabel(user[1], "navmuted")
        words.addWidget(name)
        words.addWidget(role)
        box.addWidget(face)
        box.addLayout(words, 1)
        box.addWidget(icon_button("lock", "Khóa màn hình (Ctrl+L)", lock, "navicon", tokens().nav_muted))
        self._full += [face, name, role]
        return foot
