"""Sizes, fonts and the look of every widget from one place; a view never styles itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from string import Template

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from desktop.assets import font_dir
from desktop.ui.icons import file_url
from desktop.ui.qss import TEMPLATE, rules_for_tints
from desktop.ui.tokens import LIGHT, Tokens

FAMILY = "Inter"
FALLBACKS = ("Segoe UI", "Noto Sans")
WEIGHTS = {400: QFont.Weight.Normal, 500: QFont.Weight.Medium, 600: QFont.Weight.DemiBold, 700: QFont.Weight.Bold}


@dataclass(frozen=True)
class Theme:
    """The tokens and text scale in force; pt() and px() turn design sizes into this screen's."""

    tokens: Tokens = LIGHT
    scale: float = 1.0

    def pt(self, size: float) -> float:
        """Scale a font size given in points."""
        return round(size * self.scale, 2)

    def px(self, size: float) -> int:
        """Scale a length given in logical pixels."""
        return round(size * self.scale)


class _Current:
    theme = Theme()


def theme() -> Theme:
    """Give the theme last applied, for whatever paints by itself."""
    return _Current.theme


def tokens() -> Tokens:
    """Give the colours in force."""
    return _Current.theme.tokens


def px(size: float) -> int:
    """Scale a length by the theme in force."""
    return _Current.theme.px(size)


def colour(value: str) -> QColor:
    """Give a Qt colour for a token's #RRGGBB value."""
    return QColor(value)


def font(size: float = 10, weight: int = 400) -> QFont:
    """Give Inter at `size` points with figures of one width, so that amounts stand under each other."""
    made = QFont([FAMILY, *FALLBACKS])
    made.setPointSizeF(_Current.theme.pt(size))
    made.setWeight(WEIGHTS[weight])
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


@cache
def _load_fonts() -> None:
    for path in sorted(font_dir().glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise RuntimeError(f"font not readable: {path.name}")


def apply_theme(app: QApplication, scale: float = 1.0, look: Tokens = LIGHT) -> None:
    """Dress the whole application: fonts, palette and style sheet. Call once per theme or scale change."""
    _load_fonts()
    _Current.theme = Theme(look, scale)
    style = QStyleFactory.create("Fusion")
    if style is not None:
        app.setStyle(style)
    app.setFont(font())
    app.setPalette(_palette(look))
    app.setStyleSheet(_style_sheet(_Current.theme))


def _palette(look: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, value in {
        role.Window: look.app,
        role.Base: look.surface,
        role.AlternateBase: look.subtle,
        role.Text: look.text,
        role.WindowText: look.text,
        role.ButtonText: look.text,
        role.Button: look.surface,
        role.ToolTipBase: look.surface,
        role.ToolTipText: look.text,
        role.PlaceholderText: look.faint,
        role.Highlight: look.sel,
        role.HighlightedText: look.text,
        role.Link: look.accent,
        role.Accent: look.accent,
    }.items():
        palette.setColor(which, QColor(value))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(look.faint))
    return palette


def _style_sheet(now: Theme) -> str:
    look = now.tokens
    values: dict[str, str] = {name: value for name, value in vars(look).items() if isinstance(value, str)}
    values |= {
        f"pt{str(size).replace('.', '_')}": f"{now.pt(size)}pt" for size in (8.5, 9, 9.5, 10, 10.5, 11, 11.5, 15, 19)
    }
    values |= {f"px{size}": f"{now.px(size)}px" for size in range(1, 61)}
    values |= {
        f"{name}_{part}": getattr(tint, part) for name, tint in look.tints.items() for part in ("ink", "paper", "edge")
    }
    for name, icon, shade in (
        ("img_check", "check", look.on_accent),
        ("img_check_off", "check", look.faint),
        ("img_down", "chevron-down", look.muted),
    ):
        values[name] = file_url(icon, shade)
    return Template(TEMPLATE).substitute(values) + rules_for_tints(look)


def repolish(widget: QWidget) -> None:
    """Let the style sheet see a property that changed (`k`, `state`, `tint`)."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def set_state(widget: QWidget, name: str, value: str) -> None:
    """Set a style property and repolish only when it really changed."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        repolish(widget)


def fit(window: QWidget, width: int, height: int) -> None:
    """Give a window its design size, or what the screen and the window behind it leave."""
    room = window.screen().availableSize()
    behind = window.parentWidget()
    if behind is not None:
        room = room.boundedTo(behind.window().size())
    window.resize(QSize(px(width), px(height)).boundedTo(room))


LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
