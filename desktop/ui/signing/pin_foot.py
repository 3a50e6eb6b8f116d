"""The foot of the signing dialog: the PIN, what is wrong with it, and the two buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from desktop.dossier.views import TokenView
from desktop.ui.kit.basic import announce, button, column, label, picture, row, set_picture
from desktop.ui.signing.pin_field import PinField
from desktop.ui.texts import tr
from desktop.ui.theme import px, set_state, tokens

KEYBOARD = "Tắt gõ tiếng Việt trước khi nhập mã PIN."
LOCKS = "Sai hết, token tự khóa và phải mang đến nơi cấp để mở."


class PinFoot(QFrame):
    """`sign` runs on Enter and on the button, `leave` on «Để sau»."""

    def __init__(self, sign: Callable[[], object], leave: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("k", "foot")
        self.setFixedHeight(px(76))
        box = row(self, (19, 8, 19, 12), 12)
        left = column(gap=2)
        left.addWidget(label("Mã PIN của token, nhập một lần", "captionstrong"))
        self.pin = PinField()
        self.pin.returnPressed.connect(sign)
        left.addWidget(self.pin)
        box.addLayout(left)
        self._icon = picture("circle-alert", tokens().tint("red").ink, 20)
        self._said, self._advice = label("", "strong", "red", wrap=True), label("", "caption", wrap=True)
        words = column(gap=0)
        words.addStretch(1)
        words.addWidget(self._said)
        words.addWidget(self._advice)
        words.addStretch(1)
        box.addWidget(self._icon)
        box.addLayout(words, 1)
        self.later = button(tr("Để sau"), "", "big", leave)
        self.go = button(tr("Ký số"), "pen-line", "bigprimary", sign)
        box.addWidget(self.later)
        box.addWidget(self.go)
        self.say("", KEYBOARD)

    def say(self, strong: str, plain: str, tint: str = "red") -> None:
        """Say what is wrong or near, and what to do; without the first part only a hint."""
        self._icon.setVisible(bool(strong))
        self._said.setVisible(bool(strong))
        set_picture(self._icon, "circle-alert" if tint == "red" else "triangle-alert", tokens().tint(tint).ink, 20)
        set_state(self._said, "tint", tint)
        if strong and strong != self._said.text():
            announce(self.pin, f"{strong} {plain}")
        self._said.setText(strong)
        self._advice.setText(plain)

    def refuse(self, message: str) -> None:
        """Say that the PIN was wrong, in the token's words, and ask again."""
        self.pin.ask_again(True)
        head, _, rest = message.partition(". ")
        self.say(head.rstrip(".") + ".", rest or KEYBOARD)
        self.pin.setFocus()

    def warn(self, token: TokenView) -> None:
        """Say how few tries a token reports, unless something weightier stands there."""
        if (token.pin_final_try or token.pin_low) and not self._said.text():
            self.say("Chỉ còn 1 lần thử mã PIN." if token.pin_final_try else "Còn ít lần thử mã PIN.", LOCKS, "amber")

    def show_batch(self, chosen: int, done: int, left: int, ready: bool, running: bool) -> None:
        """Fit field and buttons to a batch: `chosen` of `left` unsigned dossiers are ticked, `done` are signed."""
        self.go.setText(f"{'Ký tiếp' if done else tr('Ký')} {chosen} hồ sơ")
        self.go.setAccessibleName(self.go.text())
        self.go.setEnabled(bool(chosen) and ready and not running)
        self.go.setVisible(bool(left))
        self.pin.setEnabled(bool(left) and ready and not running)
        self.later.setText("Dừng sau hồ sơ này" if running else tr("Để sau") if left else "Xong")
        self.later.setAccessibleName(self.later.text())
        if self.pin.text():
            self.say("", "")
        elif not left:
            self.say("", "")
            self.later.setFocus()
