"""Asks whether the data key is changed now: why, how long it takes, what it needs and what follows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.dossier.users_views import RotationView
from desktop.ui.background import Worker
from desktop.ui.kit.basic import label
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.services import UsersService
from desktop.ui.wording import size

WHY = (
    "Người đã rời đơn vị có thể còn giữ khóa dữ liệu. Đổi khóa là mã hóa lại toàn bộ: "
    "mật khẩu cũ hay bản chép khóa cũ của họ không mở được dữ liệu từ nay về sau."
)
STAYS = "Mật khẩu, token và mã khôi phục của những người còn lại vẫn như cũ."
OLDER = "Bản sao lưu đã có vẫn mở bằng mật khẩu, mã khôi phục của lúc đó; ai từng có khóa cũ vẫn mở được chúng."
CLOSES = (
    "Cửa sổ đóng lại trong lúc đổi, rồi màn hình mở khóa hiện ra. Đóng các cửa sổ Vùng Xa khác của đơn vị này trước."
)
BACKUP = "Máy sao lưu trước khi đổi."
NO_BACKUP = "Nơi sao lưu chưa chọn hoặc chưa cắm, nên không sao lưu trước. Đổi khóa vẫn an toàn khi mất điện."
NO_ROOM = "Ổ đĩa chưa đủ chỗ để đổi khóa. Giải phóng chỗ trống rồi mở lại."


class RotateDialog(AskDialog):
    """`start` ends the window, so it is called last, on the GUI thread."""

    def __init__(self, worker: Worker, service: UsersService, start: Callable[[], object], parent: QWidget) -> None:
        super().__init__(worker, "Đổi khóa dữ liệu", ("Đổi khóa ngay", "key-round"), parent, (580, 470))
        self._start = start
        self.takes = label("Đang xem dữ liệu…", "medium", wrap=True)
        self.ended = label("", "", "amber", wrap=True)
        self.ended.setVisible(False)
        self.body.addWidget(label(WHY, wrap=True))
        self.body.addWidget(self.takes)
        for words in (STAYS, OLDER, CLOSES):
            self.body.addWidget(label(words, wrap=True))
        self.body.addWidget(self.ended)
        self.body.addStretch(1)
        self.go.setEnabled(False)
        worker.submit(self, service.rotation, self._show, lambda error: self.tell(error.message))

    def _show(self, view: RotationView) -> None:
        self.takes.setText(f"{takes(view)} {BACKUP if view.backup else NO_BACKUP}")
        if view.ended:
            self.ended.setText(f"Không mở được nữa sau khi đổi: {', '.join(view.ended)}. Đặt lại sau khi mở khóa.")
            self.ended.setVisible(True)
        if view.free < view.needed:
            self.tell(NO_ROOM)
        else:
            self.go.setEnabled(True)

    def submit(self) -> None:
        """End the window; what comes then is no longer this dialog's."""
        if self.go.isEnabled():
            self.accept()
            self._start()


def takes(view: RotationView) -> str:
    """Say how long it takes and how much room it needs."""
    span = f"{view.seconds} giây" if view.seconds < 90 else f"{-(-view.seconds // 60)} phút"
    return f"Mất khoảng {span}; cần {size(view.needed)} trống, ổ đĩa còn {size(view.free)}."
