"""The small window between a window that ended and the unlock screen, while the data key is changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from desktop.dossier.errors import VungXaError
from desktop.dossier.users_views import RotationProgress
from desktop.ui.work_window import WorkWindow

ASKED = "rotate"
"""Why a window ended that is to come here."""
CHANGED, NOT_CHANGED = "rotated", "not_rotated"
"""Why the unlock screen stands there afterwards."""
_BEGUN = "Đừng tắt máy, đừng rút ổ đĩa. Máy tắt giữa chừng cũng không mất dữ liệu: lần mở khóa sau tự làm tiếp."


class Rotate(Protocol):
    """Changes the data key of the unit that was open. Slow, raises VungXaError."""

    def __call__(self, progress: Callable[[RotationProgress], None], cancelled: Callable[[], bool]) -> None:
        """Tell every step; stop while it still can be stopped."""
        ...


class RotationWindow(WorkWindow):
    """Comes at once and goes when it is done; a failure stays until it was read. Stopping changes nothing."""

    def __init__(self, run: Rotate) -> None:
        name = "Vùng Xa, đổi khóa dữ liệu"
        super().__init__("rotation", name, "Đang đổi khóa dữ liệu", _BEGUN, ("Dừng, giữ khóa cũ", "x"))
        self._run = run
        self.error: VungXaError | None = None

    def stay(self) -> VungXaError | None:
        """Change the key, and return when that is done or why it was not and that was read."""
        self.show()
        self.work.start(self._run)
        self.loop.exec()
        self.hide()
        self.work.end()
        return self.error

    def show_progress(self, progress: object) -> None:
        """Say what is done; from the moment nothing can be stopped the button is grey."""
        assert isinstance(progress, RotationProgress)
        backing = progress.stage == "backup"
        self.title.setText("Đang sao lưu trước khi đổi khóa" if backing else "Đang đổi khóa dữ liệu")
        self.bar.set_share(progress.done / progress.total if progress.total else 0.0)
        if progress.stage == "finish":
            self.leave.setEnabled(False)
            self.words.setText(_BEGUN)

    def failed(self, error: VungXaError) -> None:
        """Say why the key is the old one."""
        self.error = error
        self.title.setText("Chưa đổi khóa dữ liệu")
        super().failed(error)
