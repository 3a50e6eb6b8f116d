"""Questions about users: who they are and what they do, their password, whether they leave, when the unit locks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QWidget

from desktop.dossier.duties import DUTY_TITLES, Duty, may_combine
from desktop.dossier.people_views import PersonView
from desktop.dossier.users_views import LEAST_MINUTES, MOST_MINUTES, LockView, UserEdit, UserView
from desktop.ui.background import Worker
from desktop.ui.kit.basic import column, label
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.services import LockService, UsersService
from desktop.ui.unlocking.password_field import PasswordField

LONGEST = 200
RULE = "Một người không vừa là kế toán trưởng vừa là chủ tài khoản. «Người xem» không giữ nhiệm vụ khác."
STRONG = "Ít nhất 8 ký tự; dài thì mạnh: nên ghép bốn, năm từ không liên quan. Đừng dùng tên, số điện thoại, ngày sinh."
NOT_TWICE = "Hai lần gõ mật khẩu không giống nhau. Gõ lại cả hai ô."
STEP = 5


class Twice:
    """A new password in two fields of a form."""

    def __init__(self, form: QFormLayout) -> None:
        self.first, self.second = PasswordField("Mật khẩu mới"), PasswordField("Gõ lại lần nữa")
        for field, name in ((self.first, "Mật khẩu mới"), (self.second, "Gõ lại")):
            field.setAccessibleName(name)
            form.addRow(label(name, "medium"), field)
        form.addRow("", label(STRONG, "caption", wrap=True))

    def take(self) -> str | None:
        """Give the password and empty both fields; None when they differ."""
        first, second = self.first.take(), self.second.take()
        return first if first == second else None


class UserDialog(AskDialog):
    """`user` None adds one, with a first password; otherwise their way in stays."""

    def __init__(
        self,
        worker: Worker,
        service: UsersService,
        user: UserView | None,
        signers: Sequence[PersonView],
        parent: QWidget,
    ) -> None:
        title = f"Sửa {user.name}" if user else "Thêm người dùng"
        go = ("Ghi thay đổi", "save") if user else ("Thêm người dùng", "plus")
        super().__init__(worker, title, go, parent, (600, 480 if user else 560))
        self._service, self._user = service, user
        form = self.form()
        self.name = QLineEdit(user.name if user else "")
        self.name.setMaxLength(LONGEST)
        self.name.setAccessibleName("Họ và tên")
        self.signer = QComboBox()
        self.signer.setAccessibleName("Là người ký")
        self.signer.addItem("Không phải người ký", "")
        for person in signers:
            self.signer.addItem(person.name, person.person_id)
        self.signer.setCurrentIndex(max(0, self.signer.findData(user.person_id if user else "")))
        self.signer.activated.connect(lambda _place: self._take_name())
        self.duties = {duty: QCheckBox(DUTY_TITLES[duty]) for duty in Duty}
        ticks = column(gap=2)
        for duty, box in self.duties.items():
            box.setChecked(user is not None and duty in user.duties)
            box.toggled.connect(lambda _on: self._look())
            ticks.addWidget(box)
        form.addRow(label("Là người ký", "medium"), self.signer)
        form.addRow(label("Họ và tên", "medium"), self.name)
        form.addRow(label("Nhiệm vụ", "medium"), ticks)
        self.twice = Twice(form) if user is None else None
        self.body.addWidget(label(RULE, "caption", wrap=True))
        self.body.addStretch(1)
        self._look()

    def chosen(self) -> tuple[Duty, ...]:
        """Give the duties ticked."""
        return tuple(duty for duty, box in self.duties.items() if box.isChecked())

    def _take_name(self) -> None:
        if self.signer.currentData() and not self.name.text().strip():
            self.name.setText(self.signer.currentText())

    def _look(self) -> None:
        self.go.setEnabled(may_combine(self.chosen()))

    def question(self) -> Callable[[], object] | None:
        """Keep the user as written."""
        edit = UserEdit(
            self.name.text(), self.chosen(), str(self.signer.currentData()), self._user.user_id if self._user else ""
        )
        if self.twice is None:
            return lambda: self._service.change(edit)
        password = self.twice.take()
        if password is None:
            self.tell(NOT_TWICE)
            return None
        return lambda: self._service.add(edit, password)


class PasswordDialog(AskDialog):
    """Another password: one's own (`own`) with the one in use, somebody else's without."""

    def __init__(
        self, worker: Worker, service: UsersService, user_id: str, name: str, own: bool, parent: QWidget
    ) -> None:
        super().__init__(worker, f"Đặt mật khẩu cho {name}", ("Đặt mật khẩu", "key-round"), parent, (540, 340))
        self._service, self._user_id = service, user_id
        form = self.form()
        self.old: PasswordField | None = None
        if own:
            self.old = PasswordField("Mật khẩu đang dùng")
            self.old.setAccessibleName("Mật khẩu đang dùng")
            form.addRow(label("Đang dùng", "medium"), self.old)
        self.twice = Twice(form)
        words = "Mật khẩu cũ không dùng được nữa. Dữ liệu, token và mã khôi phục vẫn như cũ."
        self.body.addWidget(label(words, "caption", wrap=True))
        self.body.addStretch(1)

    def question(self) -> Callable[[], object] | None:
        """Set it."""
        old, new = self.old.take() if self.old is not None else None, self.twice.take()
        if new is None:
            self.tell(NOT_TWICE)
            return None
        return lambda: self._service.set_password(self._user_id, old, new)


class SureDialog(AskDialog):
    """Says what follows, then does it."""

    def __init__(
        self, worker: Worker, title: str, words: str, go: tuple[str, str], do: Callable[[], object], parent: QWidget
    ) -> None:
        super().__init__(worker, title, go, parent, (540, 250))
        self._do = do
        self.body.addWidget(label(words, wrap=True))
        self.body.addStretch(1)

    def question(self) -> Callable[[], object]:
        """Do it."""
        return self._do


class LockDialog(AskDialog):
    """After how many idle minutes the unit locks, and whether sending goes on."""

    def __init__(self, worker: Worker, service: LockService, now: LockView, parent: QWidget) -> None:
        super().__init__(worker, "Tự khóa", ("Ghi thay đổi", "save"), parent, (540, 300))
        self._service = service
        self.minutes = QComboBox()
        self.minutes.setAccessibleName("Tự khóa sau")
        for minutes in sorted({*range(LEAST_MINUTES, MOST_MINUTES + 1, STEP), now.minutes}):
            self.minutes.addItem(f"{minutes} phút không có thao tác", minutes)
        self.minutes.setCurrentIndex(self.minutes.findData(now.minutes))
        self.send = QCheckBox("Gửi tiếp các gói đã ký trong lúc khóa")
        self.send.setChecked(now.send)
        self.form().addRow(label("Tự khóa sau", "medium"), self.minutes)
        self.body.addWidget(self.send)
        words = "Máy cũng khóa khi ngủ và khi nhấn Ctrl+L. Lúc khóa, máy chỉ gửi được gói đã ký, không đọc được hồ sơ."
        self.body.addWidget(label(words, "caption", wrap=True))
        self.body.addStretch(1)

    def question(self) -> Callable[[], object]:
        """Keep both."""
        minutes, send = int(self.minutes.currentData()), self.send.isChecked()
        return lambda: self._service.change(minutes, send)
