"""Changes a token's PIN: the old one, the new one twice; nothing typed is ever shown or kept."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QWidget

from desktop.dossier.errors import VungXaError
from desktop.dossier.sign_views import TokenView
from desktop.ui.background import Worker
from desktop.ui.kit.basic import announce, button, column, label, row
from desktop.ui.kit.signs import Banner
from desktop.ui.signing.pin_field import PinField
from desktop.ui.signing.pin_foot import LAST_TRY
from desktop.ui.signing.pin_words import KEYBOARD, before, length_words
from desktop.ui.theme import px

ASKS = ("Mã PIN đang dùng", "Mã PIN mới", "Nhập lại mã PIN mới")
FORGOTTEN = "Ghi nhớ mã mới. Máy không giữ mã PIN và không lấy lại được; quên mã phải mang token đến nơi cấp."


class Change(Protocol):
    """Gives a token another PIN; None for both where the reader has keys of its own."""

    def __call__(self, serial: str, old: str | None, new: str | None, *, final_try: bool = False) -> None:
        """Raise VungXaError pin_wrong, pin_final_try, pin_format, pin_locked, token_gone among others."""
        ...


class ChangePin(QDialog):
    """`changed` is emitted once the token took the new PIN."""

    changed = Signal()

    def __init__(self, token: TokenView, change: Change, worker: Worker, parent: QWidget) -> None:
        super().__init__(parent)
        self._token, self._change, self._worker = token, change, worker
        self.running = False
        self.setWindowTitle("Đổi mã PIN của token")
        self.setAccessibleName(self.windowTitle())
        self.setMinimumWidth(px(460))
        box = column(self, (16, 14, 16, 14), 10)
        box.addWidget(label(f"Đổi mã PIN token của {token.owner}", "h2", wrap=True))
        self.problem = Banner("red", "circle-alert")
        self.problem.setVisible(False)
        box.addWidget(self.problem)
        self.fields = [PinField(ask, ask) for ask in ASKS]
        if token.pin_pad:
            words = "Bấm «Đổi mã PIN», rồi làm theo màn hình của đầu đọc: mã đang dùng, mã mới, mã mới lần nữa."
            box.addWidget(label(words, "", wrap=True))
        else:
            box.addLayout(self._form())
            limits = length_words(token.pin_min, token.pin_max)
            box.addWidget(label(f"{limits} {KEYBOARD}".strip(), "caption", wrap=True))
        box.addWidget(label(FORGOTTEN, "caption", wrap=True))
        self.last_try = QCheckBox(LAST_TRY)
        self.last_try.setVisible(token.pin_final_try)
        self.last_try.toggled.connect(lambda _on: self._update())
        box.addWidget(self.last_try)
        foot = row(gap=8)
        foot.addStretch(1)
        self.leave = button("Thôi", run=self.reject)
        self.go = button("Đổi mã PIN", "key-round", "primary", self.submit)
        foot.addWidget(self.leave)
        foot.addWidget(self.go)
        box.addLayout(foot)
        words_now = before(token)
        if words_now.strong and not token.pin_to_change:
            self._tell(words_now.tint, words_now.strong, words_now.plain)
        self._update()

    def _form(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(px(8))
        for place, (ask, field) in enumerate(zip(ASKS, self.fields, strict=True)):
            name = label(ask, "medium")
            name.setBuddy(field)
            grid.addWidget(name, place, 0)
            grid.addWidget(field, place, 1)
            field.setAccessibleDescription(length_words(self._token.pin_min, self._token.pin_max) if place else "")
            field.textChanged.connect(lambda _text: self._update())
            field.noticed.connect(lambda words: self._tell("amber", words, KEYBOARD) if words else None)
            field.returnPressed.connect(self.submit)
        return grid

    def _update(self) -> None:
        typed = self._token.pin_pad or all(field.text() for field in self.fields)
        agreed = not self._token.pin_final_try or self.last_try.isChecked()
        self.go.setEnabled(bool(typed) and agreed and not self.running)
        self.leave.setEnabled(not self.running)

    def submit(self) -> None:
        """Hand old and new over, when the new ones agree; the fields are empty afterwards."""
        if not self.go.isEnabled():
            return
        old, new, again = (field.text() for field in self.fields)
        if not self._token.pin_pad and (wrong := mistake(old, new, again, self._token)):
            self._refuse(wrong, self.fields[1:], self.fields[1])
            return
        for field in self.fields:
            field.ask_again(False)
        self.running = True
        self._tell("blue", "Đang đổi mã PIN. Giữ nguyên token trong máy.", "")
        self._update()
        serial, final, pad = self._token.serial, self.last_try.isChecked(), self._token.pin_pad
        self._worker.submit(
            self,
            lambda: self._change(serial, None if pad else old, None if pad else new, final_try=final),
            lambda _none: self._done(),
            self._failed,
        )

    def _done(self) -> None:
        self.running = False
        self.changed.emit()
        self.accept()

    def _failed(self, error: VungXaError) -> None:
        self.running = False
        self.last_try.setVisible(self.last_try.isVisible() or error.code == "pin_final_try")
        self._refuse(error.message, self.fields, self.fields[1 if error.code == "pin_format" else 0])

    def _refuse(self, message: str, empty: list[PinField], first: PinField) -> None:
        for field in empty:
            field.ask_again(False)
        head, _, rest = message.partition(". ")
        self._tell("red", head.rstrip(".") + ".", rest)
        self._update()
        first.setFocus()

    def _tell(self, tint: str, title: str, text: str) -> None:
        icon = {"red": "circle-alert", "blue": "hourglass"}.get(tint, "triangle-alert")
        self.problem.say(tint, icon, title, text)
        self.problem.setVisible(True)
        announce(self.problem, self.problem.accessibleName())

    def reject(self) -> None:
        """Stay while the token works: what it does cannot be taken back."""
        if not self.running:
            super().reject()


def mistake(old: str, new: str, again: str, token: TokenView) -> str:
    """Say what keeps a new PIN from being tried at all, "" when nothing does; no try of the token is spent on it."""
    if new != again:
        return "Hai lần nhập mã PIN mới chưa giống nhau. Nhập lại mã mới hai lần."
    if not new.isascii():
        return f"Mã PIN mới có chữ có dấu. {KEYBOARD}"
    limits = length_words(token.pin_min, token.pin_max)
    if len(new) < token.pin_min or (token.pin_max and len(new) > token.pin_max):
        return f"Mã PIN mới chưa đúng độ dài của token. {limits}"
    if new == old:
        return "Mã PIN mới giống mã đang dùng. Chọn mã khác."
    return ""
