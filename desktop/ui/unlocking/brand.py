"""The dark side of the unlock screen: the program, which unit it is, what goes on while it is locked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QWidget

from desktop.ui import icons
from desktop.ui.kit.basic import GAP, button, column, frame, label, picture, row, set_picture
from desktop.ui.nav import Logo
from desktop.ui.theme import px, tokens
from desktop.ui.unit_strip import Strip
from desktop.ui.unlocking.words import Sending, sending

AMBER, GREEN, BLUE = "#FFC94D", "#7BD3A0", "#7DB7F2"
SAFE = "Không ai đọc được nếu không mở khóa, kể cả khi mất máy."
WIDE, NARROW = 452, 290
"""Pixels before scaling; the narrow one leaves room for the forms where text is large."""
Unit = tuple[str, str, str, str]
"""Name, address, code and Treasury; "" for what is not known."""
NO_UNIT: Unit = ("", "", "", "")


class Way(NamedTuple):
    """A way elsewhere: words and icon of its button, and what it does."""

    words: str
    icon: str
    run: Callable[[], object]


class Fact(QWidget):
    """An icon, a strong line and a plain one."""

    def __init__(self, icon: str, shade: str, title: str, text: str) -> None:
        super().__init__()
        line = row(self, gap=12)
        self._icon = picture(icon, shade, 20)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=0)
        self._title, self._text = label(title, "brandstrong", wrap=True), label(text, wrap=True)
        words.addWidget(self._title)
        words.addWidget(self._text)
        line.addLayout(words, 1)

    def say(self, icon: str, shade: str, title: str, text: str) -> None:
        """Change what it tells."""
        set_picture(self._icon, icon, shade, 20)
        self._title.setText(title)
        self._text.setText(text)


def brand(unit: Unit, shade: str, fact: Fact, ways: Sequence[Way], version: str) -> QFrame:
    """Make the side, with the `ways` to other units under the name of this one."""
    side = frame("plain", "brand")
    side.setMinimumWidth(px(NARROW))
    side.setMaximumWidth(px(WIDE))
    box = column(side, (40, 42, 12, 24), 3)
    box.addLayout(_program())
    box.addSpacing(px(44))
    if unit[0]:
        _name(box, unit, shade)
    box.addSpacing(px(8))
    for way in ways:
        box.addWidget(_elsewhere(way), 0, Qt.AlignmentFlag.AlignLeft)
        box.addSpacing(px(4))
    box.addStretch(1)
    box.addWidget(fact)
    box.addSpacing(px(8))
    box.addWidget(Fact("shield-check", GREEN, "Dữ liệu trên máy đã mã hóa", SAFE))
    box.addSpacing(px(14))
    box.addWidget(label(f"Phiên bản {version}"))
    return side


def _program() -> QBoxLayout:
    top = row(gap=12)
    top.addWidget(Logo(40))
    words = column(gap=0)
    words.addWidget(label("Vùng Xa", "brandname"))
    words.addWidget(label("Hồ sơ kho bạc cho xã vùng xa"))
    top.addLayout(words, 1)
    return top


def _name(box: QBoxLayout, unit: Unit, shade: str) -> None:
    name, address, code, treasury = unit
    box.addWidget(label(name.replace("Ủy ban nhân dân", "UBND"), "brandunit", wrap=True))
    box.addWidget(Strip(shade))
    box.addSpacing(px(4))
    box.addWidget(label(". ".join(filter(None, (address, f"Mã ĐVQHNS {code}" if code else ""))), wrap=True))
    if treasury:
        box.addWidget(label(treasury, wrap=True))


def _elsewhere(way: Way) -> QPushButton:
    made = button(way.words, "", "brand", way.run)
    made.setIcon(icons.icon(way.icon, tokens().nav_text, size=px(16), gap=GAP))
    made.setIconSize(QSize(px(16 + GAP), px(16)))
    return made


def show_sending(fact: Fact, now: Sending | None) -> None:
    """Say what goes on being sent, or nothing."""
    said = sending(now) if now is not None else None
    fact.setVisible(said is not None)
    if now is not None and said is not None:
        offline = now.state in ("offline", "captive")
        fact.say("wifi-off" if offline else "send", AMBER if offline else BLUE, *said)
