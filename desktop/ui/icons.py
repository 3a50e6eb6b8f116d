"""Lucide icons in the theme's colours, each drawn once per colour, size and screen density."""

from __future__ import annotations

import hashlib
import tempfile
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.assets import icon_path


@lru_cache(maxsize=512)
def svg(name: str, colour: str) -> bytes:
    """Give the icon's SVG with `colour` (#RRGGBB) for its strokes."""
    return icon_path(name).read_text(encoding="utf-8").replace("currentColor", colour).encode()


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int, ratio: float = 0.0, gap: int = 0) -> QPixmap:
    """Give the icon `size` logical pixels wide, sharp at the screen's density, with `gap` empty pixels at its right."""
    app = QGuiApplication.instance()
    ratio = ratio or (app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0)
    drawn = QPixmap(round((size + gap) * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg(name, colour))).render(painter, QRectF(0, 0, drawn.height(), drawn.height()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


@lru_cache(maxsize=256)
def icon(name: str, colour: str, disabled: str = "#98A3AE", size: int = 18, gap: int = 0) -> QIcon:
    """Give an icon for a button, greyed by itself when the button is disabled."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, colour, size, ratio, gap), QIcon.Mode.Normal)
        made.addPixmap(pixmap(name, colour, size, ratio, gap), QIcon.Mode.Active)
        made.addPixmap(pixmap(name, disabled, size, ratio, gap), QIcon.Mode.Disabled)
    return made


def file_url(name: str, colour: str) -> str:
    """Write a tinted copy for the style sheet, which takes files only, and give its path with forward slashes."""
    data = svg(name, colour)
    folder = Path(_cache_root()) / "icons"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}.svg"
    if not path.exists():
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as written:
            written.write(data)
        Path(written.name).replace(path)
    return path.as_posix()


def _cache_root() -> str:
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation)
    return place or str(Path(tempfile.gettempdir()) / "vungxa")
