"""The PIN: typed once per batch, never readable, emptied as soon as it was handed over."""

from __future__ import annotations

from desktop.ui.kit.secret_line import SecretLine
from desktop.ui.signing import pin_words
from desktop.ui.theme import px, set_state

LONGEST = 64
"""Characters; tokens take at most that many."""

ONCE = "Nhập một lần cho cả đợt ký"


class PinField(SecretLine):
    """A line for the PIN; `about` is told to who cannot see what it is for."""

    CAPS, TYPING = pin_words.CAPS, pin_words.TYPING

    def __init__(self, name: str = "Mã PIN của token", ask: str = "Nhập mã PIN", about: str = ONCE) -> None:
        super().__init__("pin", LONGEST)
        self._ask, self._about = ask, about
        self.setFixedWidth(px(200))
        self.setAccessibleName(name)
        self.ask_again(False)

    def ask_again(self, wrong: bool) -> None:
        """Empty the field; a wrong PIN is marked until the next key."""
        self.clear()
        self.setPlaceholderText("Nhập lại mã PIN" if wrong else self._ask)
        self.setAccessibleDescription(self._about + (". Mã PIN vừa nhập sai" if wrong else ""))
        set_state(self, "state", "error" if wrong else "")

    def take(self) -> str:
        """Give what was typed and empty the field."""
        pin = super().take()
        self.ask_again(False)
        return pin
