"""The foot of the signing dialog: the PIN, what is to say about it, and the two buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from desktop.dossier.sign_views import TokenView
from desktop.ui.kit.basic import announce, button, column, icon_button, label, picture, row, set_picture
from desktop.ui.signing.pin_field import PinField
from desktop.ui.signing.pin_words import CAPS, KEYBOARD, ON_PAD, PinWords, before, refused
from desktop.ui.texts import tr
from desktop.ui.theme import px, set_state, tokens

LAST_TRY = "Tôi đã xem lại mã PIN và dùng lần thử cuối cùng này"
ONCE = "Mã PIN của token, nhập một lần"
PAD = "Đầu đọc có bàn phím riêng"
CHANGE = "Đổi mã PIN"


@dataclass(frozen=True)
class BatchState:
    """Counts of dossiers: `chosen` are ticked and can be signed, `held` ticked but with payees nobody stood for.

    `reading` is set until it is known what waits.
    """

    chosen: int
    held: int
    done: int
    left: int
    running: bool = False
    reading: bool = False


class PinFoot(QFrame):
    """`sign` runs on Enter and on the button, `leave` on «Để sau», `change` on the key beside the PIN."""

    def __init__(
        self,
        sign: Callable[[], object],
        leave: Callable[[], object],
        change: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__()
        self.setProperty("k", "foot")
        self.setMinimumHeight(px(76))
        self._sign, self._state = sign, BatchState(0, 0, 0, 0)
        self._token: TokenView | None = None
        self._error: PinWords | None = None
        self._turn: PinWords | None = None
        self._hint = ""
        box = row(self, (19, 8, 19, 12), 12)
        box.addLayout(self._entry(change))
        box.addWidget(self._words(), 1)
        self.later = button(tr("Để sau"), "", "big", leave)
        self.go = button(tr("Ký số"), "pen-line", "bigprimary", sign)
        box.addWidget(self.later)
        box.addWidget(self.go)
        self._render()

    def _entry(self, change: Callable[[], object]) -> QVBoxLayout:
        left = column(gap=2)
        self._name = label(ONCE, "captionstrong")
        left.addWidget(self._name)
        self.pin = PinField()
        self.pin.returnPressed.connect(self._sign)
        self.pin.textEdited.connect(self._typed)
        self.pin.noticed.connect(self._notice)
        self._name.setBuddy(self.pin)
        self.pad = label(ON_PAD, "medium", wrap=True)
        self.pad.setFixedWidth(px(290))
        self.pad.setVisible(False)
        self.change = icon_button("key-round", CHANGE, change)
        line = row(gap=4)
        line.addWidget(self.pin)
        line.addWidget(self.pad)
        line.addWidget(self.change)
        left.addLayout(line)
        return left

    def _words(self) -> QWidget:
        made = QWidget()
        line = row(made, gap=10)
        self._icon = picture("circle-alert", tokens().tint("red").ink, 20)
        self._said, self._advice = label("", "strong", "red", wrap=True), label("", "caption", wrap=True)
        self.last_try = QCheckBox(LAST_TRY)
        self.last_try.toggled.connect(lambda _on: self._render())
        self.last_try.setVisible(False)
        words = column(gap=0)
        words.addStretch(1)
        for part in (self._said, self._advice, self.last_try):
            words.addWidget(part)
        words.addStretch(1)
        line.addWidget(self._icon)
        line.addLayout(words, 1)
        return made

    @property
    def needs_pin(self) -> bool:
        """Whether the PIN is typed here, not on the reader."""
        return self._token is None or not self._token.pin_pad

    @property
    def ready(self) -> bool:
        """Whether the button may be pressed."""
        token, state = self._token, self._state
        if token is None or state.running or not state.chosen:
            return False
        return not (token.pin_locked or token.pin_to_change or (token.pin_final_try and not self.last_try.isChecked()))

    def take(self) -> tuple[str | None, bool]:
        """Give the PIN, None for a reader's own keys, and whether the last try was agreed to; both are forgotten."""
        last = self.last_try.isChecked() and not self.last_try.isHidden()
        self.last_try.setChecked(False)
        self._error, self._hint = None, ""
        return (self.pin.take() if self.needs_pin else None), last

    def refuse(self, message: str) -> None:
        """Say what was wrong with the PIN, in the token's words, and ask again."""
        self.pin.ask_again(True)
        self._error, self._turn = refused(message), None
        self._render()
        (self.pin if self.needs_pin else self.go).setFocus()

    def turn(self, words: PinWords | None) -> None:
        """Say that the token wants its PIN again, while a batch runs."""
        self._turn = words
        self._render()

    def show_token(self, token: TokenView | None) -> None:
        """Fit the foot to a token; another one forgets what was wrong with the one before."""
        if token is not None and self._token is not None and token.serial != self._token.serial:
            self._error = None
        self._token = token
        self._render()

    def show_batch(self, state: BatchState) -> None:
        """Fit field and buttons to a batch."""
        ended = self._state.left and not state.left
        self._state = state
        if not state.running:
            self._turn = None
        self._render()
        if ended:
            self.later.setFocus()

    def _typed(self, _text: str) -> None:
        self._error = None
        set_state(self.pin, "state", "")
        self._render()

    def _notice(self, words: str) -> None:
        self._hint = words
        if words:
            announce(self.pin, words)
        self._render()

    def _render(self) -> None:
        token, state = self._token, self._state
        open_ = token is not None and bool(state.left) and not (state.running or state.reading)
        usable = open_ and token is not None and not (token.pin_locked or token.pin_to_change)
        self.pin.setVisible(self.needs_pin)
        self.pad.setVisible(not self.needs_pin)
        self._name.setText(ONCE if self.needs_pin else PAD)
        self.pin.setEnabled(usable)
        self.change.setEnabled(token is not None and not token.pin_locked and not state.running)
        final = usable and token is not None and token.pin_final_try
        self.last_try.setVisible(bool(final))
        self.go.setText(go_words(state))
        self.go.setAccessibleName(self.go.text())
        self.go.setVisible(bool(state.left))
        self.go.setEnabled(self.ready)
        self.later.setText("Dừng sau hồ sơ này" if state.running else tr("Để sau") if state.left else "Xong")
        self.later.setAccessibleName(self.later.text())
        self._say(self._what())

    def _what(self) -> PinWords:
        token, state = self._token, self._state
        if not state.left and state.done:
            return PinWords("", "")
        if state.running:
            return self._turn or PinWords("", "Đang ký. Giữ nguyên token trong máy." if self.needs_pin else ON_PAD)
        if self._error is not None and not (token is not None and token.pin_locked):
            return self._error
        if self._hint:
            plain = "Tắt đi rồi gõ lại." if self._hint == CAPS else KEYBOARD
            return PinWords(self._hint, plain, "amber")
        return before(token)

    def _say(self, words: PinWords) -> None:
        strong = words.strong
        self._icon.setVisible(bool(strong))
        self._said.setVisible(bool(strong))
        icon = {"red": "circle-alert", "blue": "key-round"}.get(words.tint, "triangle-alert")
        set_picture(self._icon, icon, tokens().tint(words.tint).ink, 20)
        set_state(self._said, "tint", words.tint)
        if strong and strong != self._said.text():
            announce(self.pin, f"{strong} {words.plain}")
        self._said.setText(strong)
        self._advice.setText(words.plain)
        self._advice.setVisible(bool(words.plain))


def go_words(state: BatchState) -> str:
    """Say verb, object and number, and how many still wait for somebody to stand for their payees."""
    if not state.chosen and state.held:
        return f"Còn {state.held} hồ sơ chờ xác nhận"
    verb = "Ký tiếp" if state.done else tr("Ký")
    return f"{verb} {state.chosen} hồ sơ" + (f", còn {state.held} chờ xác nhận" if state.held else "")
