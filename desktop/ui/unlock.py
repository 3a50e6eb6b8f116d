"""Unlocking: who you are and your password; a wrong password and a damaged file are told apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QDialog, QFrame, QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.dossier.errors import VungXaError
from desktop.dossier.people import ROLE_TITLES, Person, Unit
from desktop.ui.background import Worker
from desktop.ui.kit.basic import button, column, frame, label, picture, row
from desktop.ui.kit.signs import Banner
from desktop.ui.nav import Logo
from desktop.ui.texts import tr
from desktop.ui.theme import fit, px, set_state
from desktop.ui.wording import initials

FREE_TRIES, PAUSE_S = 5, 60


class UnlockDialog(QDialog):
    """Calls `unlock` with the password on a background thread; accepted once it returns.

    `unlock` raises VungXaError with code "wrong_password", or another code for a damaged or missing file. `people` and
    `unit` are shown when they are known before unlocking; `person` is who was chosen, None when nobody could be.
    """

    def __init__(
        self,
        unlock: Callable[[str], None],
        unit: Unit | None = None,
        people: Sequence[Person] = (),
        queue_words: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._unlock, self._people, self._wrong = unlock, list(people), 0
        self.person: Person | None = self._people[0] if self._people else None
        self._worker = Worker("unlock")
        self.setWindowTitle("Vùng Xa, mở khóa")
        fit(self, 1366, 768)
        box = row(self)
        box.addWidget(self._brand(unit, queue_words))
        right = frame("dialogbody")
        across = row(right)
        across.addStretch(1)
        across.addWidget(self._form())
        across.addStretch(1)
        box.addWidget(right, 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._again)
        self.password.setFocus()

    def _brand(self, unit: Unit | None, queue_words: str) -> QFrame:
        side = frame("plain", "brand")
        side.setFixedWidth(px(452))
        box = column(side, (40, 42, 24, 24), 3)
        top = row(gap=12)
        top.addWidget(Logo(40))
        words = column(gap=0)
        words.addWidget(label("Vùng Xa", "brandname"))
        words.addWidget(label("Hồ sơ kho bạc cho xã vùng xa"))
        top.addLayout(words, 1)
        box.addLayout(top)
        box.addSpacing(px(44))
        if unit is not None:
            box.addWidget(label(unit.name.replace("Ủy ban nhân dân", "UBND"), "brandunit", wrap=True))
            box.addWidget(label(f"{unit.address}. Mã ĐVQHNS {unit.code}", wrap=True))
            box.addWidget(label(unit.treasury_name, wrap=True))
        box.addStretch(1)
        if queue_words:
            box.addLayout(_fact("wifi-off", "#FFC94D", queue_words, "Màn hình khóa vẫn tự gửi khi có mạng."))
            box.addSpacing(px(8))
        safe = "Không ai đọc được nếu không mở khóa, kể cả khi mất máy."
        box.addLayout(_fact("shield-check", "#7BD3A0", "Dữ liệu trên máy đã mã hóa", safe))
        return side

    def _form(self) -> QWidget:
        made = QWidget()
        made.setFixedWidth(px(452))
        box = column(made, gap=6)
        box.addStretch(1)
        box.addWidget(label(tr("Mở khóa"), "h0"))
        self.banner = Banner("red", "circle-alert")
        self.banner.setVisible(False)
        box.addWidget(self.banner)
        box.addSpacing(px(6))
        if self._people:
            box.addWidget(label("Bạn là", "section"))
            self._choices = QButtonGroup(self)
            for person in self._people:
                box.addWidget(self._choice(person))
            box.addSpacing(px(8))
        self._whose = label("", "section")
        box.addWidget(self._whose)
        self.password = QLineEdit()
        self.password.setProperty("k", "password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText("Nhập mật khẩu")
        self.password.setMaxLength(256)
        self.password.returnPressed.connect(self.try_unlock)
        box.addWidget(self.password)
        box.addWidget(label("Nếu dùng UniKey, chuyển sang chữ E trước khi gõ.", "caption"))
        box.addSpacing(px(4))
        self.go = button(tr("Mở khóa"), "lock-open", "bigprimary", self.try_unlock)
        box.addWidget(self.go)
        box.addWidget(label(f"Sai {FREE_TRIES} lần phải chờ 1 phút.", "caption"))
        box.addStretch(1)
        self._name_field()
        return made

    def _choice(self, person: Person) -> QPushButton:
        made = QPushButton()
        made.setAutoDefault(False)
        made.setProperty("k", "person")
        made.setCheckable(True)
        made.setChecked(person is self.person)
        roles = ", ".join(ROLE_TITLES[role] for role in person.roles)
        made.setAccessibleName(f"{person.name}, {roles}")
        made.setMinimumHeight(px(48))
        inside = row(made, (10, 3, 12, 3), 10)
        face = label(initials(person.name), "face")
        face.setAlignment(Qt.AlignmentFlag.AlignCenter)
        face.setFixedSize(px(34), px(34))
        words = column(gap=0)
        words.addWidget(label(person.name, "strong"))
        words.addWidget(label(roles, "caption"))
        inside.addWidget(face)
        inside.addLayout(words, 1)
        made.clicked.connect(lambda: self.choose(person))
        self._choices.addButton(made)
        return made

    def choose(self, person: Person) -> None:
        """Say who unlocks."""
        self.person = person
        self._name_field()
        self.password.setFocus()

    def _name_field(self) -> None:
        words = "Mật khẩu mở kho dữ liệu của đơn vị"
        self._whose.setText(words)
        self.password.setAccessibleName(words)

    def try_unlock(self) -> None:
        """Hand the password over and wait without blocking."""
        password = self.password.text()
        if not password or not self.go.isEnabled():
            return
        self.password.clear()
        self._busy(True)
        self._worker.submit(self, lambda: self._unlock(password), lambda _none: self.accept(), self._failed)

    def _busy(self, busy: bool) -> None:
        self.go.setEnabled(not busy)
        self.password.setEnabled(not busy)
        self.go.setText("Đang mở…" if busy else tr("Mở khóa"))

    def _failed(self, error: VungXaError) -> None:
        self._busy(False)
        wrong = error.code == "wrong_password"
        tint, icon = ("red", "circle-alert") if wrong else ("amber", "file-warning")
        self.banner.say(tint, icon, error.message)
        self.banner.setVisible(True)
        set_state(self.password, "state", "error" if wrong else "")
        self.password.setAccessibleDescription(error.message)
        self.password.setFocus()
        if wrong:
            self._wrong += 1
            if self._wrong % FREE_TRIES == 0:
                self._busy(True)
                self.go.setText("Chờ 1 phút")
                self._wait.start(PAUSE_S * 1000)

    def _again(self) -> None:
        self._busy(False)
        self.password.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change the person with the arrows; Esc closes."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._people and self.person is not None:
            place = (self._people.index(self.person) + step) % len(self._people)
            self._choices.buttons()[place].setChecked(True)
            self.choose(self._people[place])
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Stop the thread before the dialog goes."""
        self._worker.stop()
        super().done(result)


def _fact(icon: str, shade: str, title: str, text: str) -> QHBoxLayout:
    line = row(gap=12)
    line.addWidget(picture(icon, shade, 20), 0, Qt.AlignmentFlag.AlignTop)
    words = column(gap=0)
    words.addWidget(label(title, "brandstrong"))
    words.addWidget(label(text, wrap=True))
    line.addLayout(words, 1)
    return line
