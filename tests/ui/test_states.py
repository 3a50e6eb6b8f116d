"""Every state of tests.ui.states on every size of screen: nothing is cut off, nothing falls out of the window."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QToolButton, QWidget

from desktop.ui.kit.basic import ElidedLabel
from desktop.ui.theme import apply_theme, theme
from tests.ui.balances_states import LIKE_ANOTHER as BALANCES_LIKE_ANOTHER
from tests.ui.data_states import LIKE_ANOTHER as DATA_LIKE_ANOTHER
from tests.ui.settings_states import LIKE_ANOTHER as SETTINGS_LIKE_ANOTHER
from tests.ui.signing_states import LIKE_ANOTHER
from tests.ui.stage import Stage, put_away, staged
from tests.ui.states import STATES
from tests.ui.users_states import UNLOCK_LIKE_ANOTHER

SCREENS = {"full": (1.0, 1366, 768), "at-125": (1.0, 1093, 558), "large-text": (1.5, 1366, 697)}
CROWDED = (
    "list",
    "list-error",
    "editor-walked",
    "editor-people-300",
    "signing-page-late",
    "signing-pulled-out",
    "signing-news",
    "signing-soon30",
    "signing-final",
    "signing-hand-in",
    "delivery",
    "settings-people-long",
    "settings-tokens",
    "settings-trust-crls",
    "settings-person-refused",
    "settings-delegate",
    "unlock-token-last",
    "unlock-no-unit-there",
    "balances",
    "papers",
    "list-importing",
    "form-M11",
    "form-M14",
    "form-M23",
    "form-M24",
    "form-I04A",
)
"""The fullest state of every place: what fits there fits in the others."""
NARROW = [(name, screen) for screen in ("at-125", "large-text") for name in CROWDED]
ALIKE = LIKE_ANOTHER | SETTINGS_LIKE_ANOTHER | BALANCES_LIKE_ANOTHER | DATA_LIKE_ANOTHER | UNLOCK_LIKE_ANOTHER
CASES = [
    *((name, "full") for name in STATES if name not in ALIKE),
    *NARROW,
]


def cut(root: QWidget) -> Iterator[str]:
    """Words that do not fit where they stand."""
    for label in root.findChildren(QLabel):
        if label.isVisibleTo(root) and label.text() and not isinstance(label, ElidedLabel):
            room, need = label.contentsRect().size(), label.sizeHint()
            high = label.heightForWidth(label.width()) if label.wordWrap() else need.height()
            wide = 0 if label.wordWrap() else QFontMetrics(label.font()).horizontalAdvance(label.text())
            if wide > room.width() or high > label.height() + 1:
                yield f"{label.text()!r}: needs {wide}x{high}, has {label.width()}x{label.height()}"
    for button in root.findChildren(QAbstractButton):
        if button.isVisibleTo(root) and button.text() and not isinstance(button, QToolButton):
            wide = QFontMetrics(button.font()).horizontalAdvance(button.text())
            if wide > button.width():
                yield f"button {button.text()!r}: needs {wide}, has {button.width()}"


def sideways(area: QScrollArea) -> bool:
    """Whether it scrolls to what is too wide."""
    return area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def fallen_out(root: QWidget) -> Iterator[str]:
    """Buttons and words outside the window that nobody can scroll to."""
    inside = QRect(QPoint(0, 0), root.size())
    areas = root.findChildren(QScrollArea)
    down = {w for area in areas for w in area.findChildren(QWidget)}
    aside = {w for area in areas if sideways(area) for w in area.findChildren(QWidget)}
    for widget in root.findChildren(QWidget):
        if isinstance(widget, QLabel | QAbstractButton) and widget.isVisibleTo(root) and widget not in aside:
            area = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())
            if widget in down:
                area.moveTop(0)
            if not inside.contains(area) and not area.isEmpty():
                yield f"{type(widget).__name__} {widget.property('text')!r} at {area.getRect()}"


@pytest.fixture
def stage(qapp: QApplication) -> Iterator[Callable[[int, int], Stage]]:
    made: list[Stage] = []

    def build(width: int, height: int) -> Stage:
        made.append(staged())
        made[0].window.resize(width, height)
        made[0].window.show()
        return made[0]

    yield build
    made[0].window.close()
    made[0].window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="module")
def scaled(qapp: QApplication) -> Iterator[Callable[[float], None]]:
    yield lambda scale: apply_theme(qapp, scale) if theme().scale != scale else None
    apply_theme(qapp)


@pytest.mark.parametrize(("name", "screen"), CASES)
def test_all_words_can_be_read(
    name: str, screen: str, stage: Callable[[int, int], Stage], scaled: Callable[[float], None]
) -> None:
    scale, width, height = SCREENS[screen]
    scaled(scale)
    there = stage(width, height)
    widget = STATES[name](there)
    for _ in range(3):
        QApplication.processEvents()
    assert (there.window.width(), there.window.height()) == (width, height)
    found = [*cut(widget), *fallen_out(widget)]
    if widget.width() > width or widget.height() > height:
        found.append(f"{widget.width()}x{widget.height()} does not fit the window")
    put_away(there, widget)
    assert found == []
