"""Labels, buttons and frames dressed by the style sheet; every icon-only control gets its spoken name here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.ui import icons
from desktop.ui.kit.allowing import guard
from desktop.ui.theme import px, tokens

GAP = 4
"""Design pixels between a button's icon and its words, beyond what the style leaves."""


def label(text: str, kind: str = "", tint: str = "", wrap: bool = False) -> QLabel:
    """Make a label; text is always plain, so that words from outside are never read as markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("k", kind)
    made.setIndent(0)
    if tint:
        made.setProperty("tint", tint)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


class ElidedLabel(QLabel):
    """One line that ends in «…» when there is no room; the tooltip has it whole."""

    def __init__(self, text: str, kind: str = "") -> None:
        super().__init__(text)
        self.setProperty("k", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIndent(0)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Show other words, the tooltip too."""
        super().setText(text)
        self.setToolTip(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            words,
            self.foregroundRole(),
        )


def announce(widget: QWidget, words: str) -> None:
    """Let a screen reader say what changed without the focus moving there."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


def picture(icon: str, shade: str, size: int = 16) -> QLabel:
    """Make an icon that stands beside words; screen readers skip it."""
    made = QLabel()
    set_picture(made, icon, shade, size)
    made.setProperty("k", "icon")
    return made


def set_picture(target: QLabel, icon: str, shade: str, size: int = 16) -> None:
    """Change the icon of a picture."""
    target.setPixmap(icons.pixmap(icon, shade, px(size)))
    target.setFixedWidth(px(size) + 2)


def button(
    text: str, icon: str = "", kind: str = "", run: Callable[[], object] | None = None, hint: str = ""
) -> QPushButton:
    """Make a button with words; `hint` names its keys for the tooltip. It is grey for who may not do what it runs."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    made.setProperty("k", kind)
    made.setAccessibleName(text)
    made.setToolTip(f"{text} ({hint})" if hint else "")
    if icon:
        set_button_icon(made, icon)
    if run is not None:
        made.clicked.connect(lambda *_args: run())
        guard(made, run)
    return made


def set_button_icon(target: QPushButton, icon: str) -> None:
    """Put an icon before a button's words, in the colour its kind needs."""
    look, kind = tokens(), str(target.property("k"))
    shade = look.on_accent if "primary" in kind else look.tint("blue").ink if kind == "link" else look.text
    target.setIcon(icons.icon(icon, shade, look.faint, px(16), GAP))
    target.setIconSize(QSize(px(16 + GAP), px(16)))


def icon_button(
    icon: str, name: str, run: Callable[[], object] | None = None, kind: str = "icon", shade: str = ""
) -> QToolButton:
    """Make a button without words; `name` says what it does to a screen reader and in the tooltip."""
    made = QToolButton()
    made.setProperty("k", kind)
    made.setIcon(icons.icon(icon, shade or tokens().muted, tokens().faint, px(18)))
    made.setIconSize(QSize(px(18), px(18)))
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if run is not None:
        made.clicked.connect(lambda *_args: run())
        guard(made, run)
    return made


def frame(kind: str = "plain", name: str = "") -> QFrame:
    """Make a frame; `name` is for rules of the style sheet that match one frame only."""
    made = QFrame()
    made.setProperty("k", kind)
    if name:
        made.setObjectName(name)
    return made


def column(
    parent: QWidget | None = None, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 0
) -> QVBoxLayout:
    """Make a vertical layout with design-pixel margins (left, top, right, bottom)."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    made.setContentsMargins(*(px(m) for m in margins))
    made.setSpacing(px(gap))
    return made


def row(parent: QWidget | None = None, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 0) -> QHBoxLayout:
    """Make a horizontal layout with design-pixel margins (left, top, right, bottom)."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    made.setContentsMargins(*(px(m) for m in margins))
    made.setSpacing(px(gap))
    return made


def rule(upright: bool = False) -> QFrame:
    """Make a thin line between groups."""
    return frame("vrule" if upright else "rule")


def keycap(keys: str) -> QLabel:
    """Make a picture of a key, e.g. «Ctrl+N»."""
    made = label(keys, "keycap")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Remove and delete everything in a layout, before it is filled again."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif isinstance(inner := item.layout(), QVBoxLayout | QHBoxLayout):
            clear(inner)
