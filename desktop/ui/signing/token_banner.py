"""Says which token is plugged in, whose it is, and whether it may sign for this person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desktop.dossier.sign_views import TokenView
from desktop.ui.kit.basic import announce, button, clear, column, label, picture, row, rule
from desktop.ui.kit.signs import Badge
from desktop.ui.signing.token_choice import SEARCHING, TokenChoice
from desktop.ui.theme import px, set_state, tokens
from desktop.ui.wording import day

LONGEST = 30
"""Characters of an issuer's name that fit the banner; the tooltip has it whole."""
DROPPED = ("Số sê-ri", "Nơi cấp", "Vai trò")
"""Facts that give way in a narrow window, the first first."""
MATCHES = "Khớp người đã đăng ký"


class TokenBanner(QFrame):
    """Green when the token matches the registered person, amber while none is there, red when it must not sign.

    `examine` opens the token doctor; without it the button is left out. The height stays while tokens come and go, so
    that the list below never jumps.
    """

    def __init__(self, examine: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.setProperty("k", "banner")
        self.setMinimumHeight(px(53))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._examine = examine
        self._facts: dict[str, QWidget] = {}
        self._box = row(self, (12, 6, 12, 6), 14)
        self._shown: object = self
        self.show_choice(TokenChoice(None, SEARCHING, looking=True))

    def show_choice(self, choice: TokenChoice) -> None:
        """Show a token and whether it fits; nothing is painted or said again while nothing changed."""
        if (seen := _without_pin(choice)) == self._shown:
            return
        self._shown = seen
        clear(self._box)
        self._facts = {}
        tint = _tint(choice)
        set_state(self, "tint", tint)
        name = _spoken(choice)
        if name != self.accessibleName():
            self.setAccessibleName(name)
            announce(self, name)
        self._box.addWidget(picture(_icon(choice), tokens().tint(tint).ink, 20))
        if choice.token is not None:
            self._tell(choice.token, tint)
        if choice.refusal:
            self._box.addWidget(label(choice.refusal, "strong", tint, wrap=True), 1)
            if choice.driver_fault and self._examine is not None:
                self._box.addWidget(button("Khám token", "search", "small", self._examine))
        else:
            self._matches(choice)

    def event(self, event: QEvent) -> bool:
        """Leave out in a narrow window what matters least; the tooltip of the owner has it."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return done

    def _fit(self) -> None:
        wide = {name: made.sizeHint().width() + self._box.spacing() for name, made in self._facts.items()}
        shown = sum(wide[name] for name, made in self._facts.items() if not made.isHidden())
        over = self._box.minimumSize().width() - shown + sum(wide.values()) - self.width()
        for name in DROPPED:
            if name in self._facts:
                self._facts[name].setHidden(over > 0)
                over -= wide[name] if over > 0 else 0

    def _matches(self, choice: TokenChoice) -> None:
        self._box.addStretch(1)
        if choice.others:
            said = label(f"và {choice.others} token khác", "caption")
            said.setToolTip("Máy chỉ dùng token của người đang ký. Có thể để các token khác cắm nguyên.")
            self._box.addWidget(said)
        self._box.addWidget(Badge(MATCHES, "circle-check", "green"))

    def _tell(self, token: TokenView, tint: str) -> None:
        first = column(gap=0)
        first.addWidget(label("Token đang cắm", "captionstrong", tint))
        owner = label(token.owner, "title")
        owner.setToolTip(f"{token.issuer}, số sê-ri {short_serial(token.certificate_serial)}. {token.reader}".strip())
        first.addWidget(owner)
        self._box.addLayout(first)
        self._box.addWidget(rule(upright=True))
        for name, words, kind, shade, tip in _columns(token, refused=tint == "red"):
            self._facts[name] = QWidget()
            made = column(self._facts[name], gap=0)
            made.addWidget(label(name, "caption"))
            value = label(words, kind, shade)
            value.setToolTip(tip)
            made.addWidget(value)
            self._box.addWidget(self._facts[name])


def _without_pin(choice: TokenChoice) -> TokenChoice:
    """What the banner shows: how a PIN stands is said beside the PIN."""
    if choice.token is None:
        return choice
    still = replace(choice.token, pin_low=False, pin_final_try=False, pin_locked=False, pin_to_change=False)
    return replace(choice, token=still)


def _columns(token: TokenView, *, refused: bool) -> list[tuple[str, str, str, str, str]]:
    """Name, words, kind, tint and tooltip of each fact; what is refused leaves its room to the reason."""
    near = bool(token.expiry) and not refused
    left = f", còn {token.days_left} ngày" if token.days_left >= 0 else ", đã hết hạn"
    end = (
        "Hạn chứng thư",
        f"{day(token.not_after)}{left}",
        "medium" if near else "",
        "amber" if near else "",
        token.notice,
    )
    if refused:
        return [end]
    short = token.issuer if len(token.issuer) <= LONGEST else token.issuer[: LONGEST - 1] + "…"
    return [
        ("Vai trò", token.role_title, "medium", "", ""),
        ("Nơi cấp", short, "", "", token.issuer),
        ("Số sê-ri", short_serial(token.certificate_serial), "", "", token.certificate_serial),
        end,
    ]


def _tint(choice: TokenChoice) -> str:
    if choice.looking:
        return "slate"
    if choice.token is None:
        return "red" if choice.driver_fault else "amber"
    return "red" if choice.refusal else "green"


def _icon(choice: TokenChoice) -> str:
    if choice.looking:
        return "hourglass"
    if choice.driver_fault:
        return "triangle-alert"
    return "usb" if choice.token is not None else "plug"


def _spoken(choice: TokenChoice) -> str:
    if choice.refusal or choice.token is None:
        return choice.refusal
    notice = f". {choice.notice}" if choice.notice else ""
    return f"Token của {choice.token.owner}, khớp người đã đăng ký{notice}"


def short_serial(serial: str) -> str:
    """Give a certificate's serial number in pairs, its middle left out: «54 01 0A 7C … 33 9E»."""
    pairs = [serial[i : i + 2].upper() for i in range(0, len(serial), 2)]
    return " ".join(pairs) if len(pairs) <= 7 else f"{' '.join(pairs[:4])} … {' '.join(pairs[-2:])}"
