"""Which plugged-in token opens the unit for a user; it must show that it decrypts, so its PIN is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from desktop.dossier.errors import VungXaError
from desktop.dossier.users_views import TokenWay
from desktop.ui.background import Worker
from desktop.ui.kit.basic import button, label, row
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.services import TokenWaysService
from desktop.ui.unlocking.password_field import PasswordField
from desktop.ui.wording import day

WORDS = (
    "Máy thử cho token giải mã một số ngẫu nhiên; được thì token này mở được đơn vị. "
    "Mật khẩu của người này vẫn dùng được. Khóa riêng không rời token."
)
NONE = "Chưa thấy token nào. Cắm token, chờ vài giây rồi bấm «Tìm lại»."
ON_PAD = "Mã PIN nhập trên bàn phím của đầu đọc."


class TokenWayDialog(AskDialog):
    """`worker` is the token thread."""

    def __init__(self, worker: Worker, service: TokenWaysService, user_id: str, name: str, parent: QWidget) -> None:
        super().__init__(worker, f"Mở khóa bằng token: {name}", ("Thêm token", "usb"), parent, (580, 380))
        self._service, self._user_id = service, user_id
        self.found: list[TokenWay] = []
        form = self.form()
        self.pick = QComboBox()
        self.pick.setAccessibleName("Chứng thư trên token")
        self.pick.currentIndexChanged.connect(lambda _place: self._look())
        self.pin = PasswordField("Mã PIN của token")
        self.pin.setAccessibleName("Mã PIN")
        form.addRow(label("Chứng thư", "medium"), self.pick)
        form.addRow(label("Mã PIN", "medium"), self.pin)
        line = row(gap=6)
        line.addWidget(button("Tìm lại", "refresh-cw", "small", self.search))
        line.addStretch(1)
        self.body.addLayout(line)
        self.body.addWidget(label(WORDS, "caption", wrap=True))
        self.body.addStretch(1)
        self.search()

    def search(self) -> None:
        """Ask what is plugged in."""
        self.go.setEnabled(False)
        self._worker.submit(self, self._service.found, self._show, self._missing, "token-ways")

    def chosen(self) -> TokenWay | None:
        """Give the certificate picked, usable or not."""
        place = self.pick.currentIndex()
        return self.found[place] if 0 <= place < len(self.found) else None

    def _show(self, found: Sequence[TokenWay]) -> None:
        self.found = []
        self.pick.clear()
        self.found = sorted(found, key=lambda one: bool(one.refusal))
        for one in self.found:
            self.pick.addItem(f"{one.subject_name}, {one.where}, đến {day(one.not_after)}")
        self._look()

    def _missing(self, error: VungXaError) -> None:
        self._show(())
        self.tell(error.message, "amber")

    def _look(self) -> None:
        way = self.chosen()
        words = NONE if way is None else way.refusal
        self.problem.setVisible(False)
        if words:
            self.tell(words, "amber")
        pad = way is not None and way.pin_pad
        self.pin.setEnabled(not pad)
        self.pin.setPlaceholderText(ON_PAD if pad else "Mã PIN của token")
        self.go.setEnabled(way is not None and not way.refusal)

    def question(self) -> Callable[[], object] | None:
        """Try the token and keep it."""
        way, pin = self.chosen(), self.pin.take()
        if way is None:
            return None
        if not way.pin_pad and not pin:
            self.tell("Chưa nhập mã PIN. Gõ mã PIN của token rồi thử lại.", "amber")
            return None
        return lambda: self._service.give(self._user_id, way.sha256, None if way.pin_pad else pin)
