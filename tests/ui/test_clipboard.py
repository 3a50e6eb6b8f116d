"""A copied secret leaves the clipboard by itself; what somebody else copied stays."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.ui.clipboard import KEPT_MS, SecretClipboard

CODE = "ABCD-EFGH-2345"


def text() -> str:
    return QGuiApplication.clipboard().text()


def test_a_secret_stays_a_minute(qtbot: QtBot) -> None:
    assert KEPT_MS == 60_000
    secret = SecretClipboard(kept_ms=60)
    secret.copy(CODE)
    assert text() == CODE
    assert QGuiApplication.clipboard().mimeData().data("x-kde-passwordManagerHint").data() == b"secret"
    qtbot.waitUntil(lambda: text() == "")


def test_what_came_after_it_stays(qtbot: QtBot) -> None:
    secret = SecretClipboard(kept_ms=20)
    secret.copy(CODE)
    QGuiApplication.clipboard().setText("số hồ sơ")
    qtbot.waitUntil(lambda: not secret._timer.isActive())
    assert text() == "số hồ sơ"


def test_it_can_be_taken_away_at_once() -> None:
    secret = SecretClipboard()
    secret.copy(CODE)
    secret.clear()
    assert text() == ""
