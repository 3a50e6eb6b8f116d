"""Puts a secret on the clipboard for a minute, out of the history that systems keep of it."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication

KEPT_MS = 60_000
_KEEP_OUT = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\0",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\0\0\0\0",
}
"""What asks clipboard histories of KDE and Windows to leave it out (learn.microsoft.com, «Clipboard Formats»)."""


class SecretClipboard(QObject):
    """Copies a secret and takes it away again: after a minute, when `clear` is called, or when the program ends.

    What somebody copied meanwhile stays.
    """

    def __init__(self, kept_ms: int = KEPT_MS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._secret = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(kept_ms)
        self._timer.timeout.connect(self.clear)
        running = QGuiApplication.instance()
        if running is not None:
            running.aboutToQuit.connect(self.clear)

    def copy(self, secret: str) -> None:
        """Put it on the clipboard; the minute begins."""
        data = QMimeData()
        data.setText(secret)
        for kind, value in _KEEP_OUT.items():
            data.setData(kind, QByteArray(value))
        self._secret = secret
        QGuiApplication.clipboard().setMimeData(data)
        self._timer.start()

    def clear(self) -> None:
        """Take it away if it is still there."""
        self._timer.stop()
        board = QGuiApplication.clipboard()
        if self._secret and board.text() == self._secret:
            board.clear()
        self._secret = ""
