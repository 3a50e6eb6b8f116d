"""The strips of «Người dùng» about what opens the unit besides people's own ways, and when it locks by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.dossier.duties import Act
from desktop.dossier.users_views import UsersView
from desktop.ui.context import Context
from desktop.ui.kit.allowing import needs
from desktop.ui.kit.basic import button, column
from desktop.ui.kit.signs import Banner
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.recovery_dialog import RecoveryDialog
from desktop.ui.settings.rotate_dialog import RotateDialog
from desktop.ui.settings.services import UsersService
from desktop.ui.settings.user_dialogs import PasswordDialog, SureDialog

LEFT = "Có người đã rời hoặc bị ngừng còn biết khóa dữ liệu."
ROTATE = "Đổi khóa để bản chép khóa của họ không mở được dữ liệu nữa. Mật khẩu của mọi người vẫn như cũ."
ALONE = (
    "Từ nay mỗi người mở bằng mật khẩu riêng. Ai chưa có tên trong danh sách sẽ không mở được nữa. "
    "Sau đó nên đổi khóa dữ liệu."
)
STILL = "Mật khẩu chung vẫn mở được đơn vị."
ONLY = "Cả đơn vị mở bằng một mật khẩu chung."
WHOLE = "cả đơn vị"
Ask = Callable[[AskDialog, str], object]
"""Opens a question and says its words once it was answered."""


class KeysStrip(QWidget):
    """`rotate` ends the window and changes the data key; `lock` asks when the unit locks."""

    def __init__(
        self, context: Context, service: UsersService, rotate: Callable[[], object], ask: Ask, lock: QPushButton
    ) -> None:
        super().__init__()
        self._context, self._service, self._rotate, self._ask = context, service, rotate, ask
        self._view = UsersView((), "", False, False)
        self._offered = True
        self.rotation = Banner("amber", "key-round", LEFT, ROTATE)
        self.rotation.buttons.addWidget(button("Đổi khóa dữ liệu…", "key-round", "", self.ask_rotation))
        self.rotation.setVisible(False)
        self.ways = Banner("blue", "key-round")
        self.code_button = button("Mã khôi phục…", "printer", "", self.ask_code)
        self.shared_button = button("Đổi mật khẩu chung…", "key-round", "", self.ask_shared)
        self.alone_button = button("Thôi mật khẩu chung…", "ban", "", self.ask_alone)
        self.rotate_button = button("Đổi khóa dữ liệu…", "refresh-cw", "", self.ask_rotation)
        for one in (self.code_button, self.rotate_button, lock):
            self.ways.buttons.addWidget(one)
        self.shared = Banner("blue", "users")
        self.shared.buttons.addWidget(self.shared_button)
        self.shared.buttons.addWidget(self.alone_button)
        box = column(self, gap=8)
        for strip in (self.rotation, self.shared, self.ways):
            box.addWidget(strip)

    def show_view(self, view: UsersView, locks: str) -> None:
        """Show what opens the unit and when it `locks`; after somebody was shut out, ask whether the key is changed."""
        self._view = view
        code = "Đã có mã khôi phục." if view.recovery else "Chưa có mã khôi phục: quên mật khẩu là mất dữ liệu."
        self.ways.say("blue" if view.recovery else "amber", "key-round", code, locks)
        self.shared.say("blue", "users", STILL if view.users else ONLY)
        self.shared.setVisible(view.shared)
        self.alone_button.setVisible(view.shared and bool(view.users))
        self.rotation.setVisible(view.rotation_wanted)
        self.rotate_button.setVisible(not view.rotation_wanted)
        if view.rotation_wanted and not self._offered:
            self._offered = True
            self.ask_rotation()

    def offer_rotation(self) -> None:
        """Ask once what is shown next says that the key should be changed."""
        self._offered = False

    @needs(Act.KEYS)
    def ask_rotation(self) -> None:
        """Ask whether the data key is changed now."""
        made = RotateDialog(self._context.workers.paper, self._service, self._rotate, self.window())
        made.open()

    @needs(Act.KEYS)
    def ask_code(self) -> None:
        """Make another recovery code."""
        made = RecoveryDialog(self._context.workers.paper, self._service, self.window())
        self._ask(made, "Mã khôi phục mới dùng được. Mã cũ, nếu có, không dùng được nữa.")

    @needs(Act.USERS)
    def ask_shared(self) -> None:
        """Ask for another password that all share."""
        made = PasswordDialog(self._context.workers.paper, self._service, "", WHOLE, True, self.window())
        self._ask(made, "Đã đổi mật khẩu chung. Báo mật khẩu mới cho những người dùng chung.")

    @needs(Act.USERS)
    def ask_alone(self) -> None:
        """Ask whether the password that all share ends."""
        title, end = "Thôi dùng mật khẩu chung", self._service.end_shared_password
        made = SureDialog(self._context.workers.paper, title, ALONE, ("Thôi dùng", "ban"), end, self.window())
        made.did.connect(self.offer_rotation)
        self._ask(made, f"{title}: xong.")
