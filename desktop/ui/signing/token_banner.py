"""Says which token is plugged in, whose it is, and whether it may sign for this person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame

from desktop.dossier.people import Person
from desktop.dossier.views import TokenView
from desktop.ui.kit.basic import announce, clear, column, label, picture, row, rule
from desktop.ui.kit.signs import Badge
from desktop.ui.theme import set_state, tokens
from desktop.ui.wording import day

LONGEST = 30
"""Characters of an issuer's name that fit the banner; the tooltip has it whole."""


@dataclass(frozen=True)
class TokenChoice:
    """The token to show, and "" or the reason in words why nothing can be signed with it."""

    token: TokenView | None
    refusal: str


def choose_token(tokens_seen: Sequence[TokenView], person: Person) -> TokenChoice:
    """Pick the person's token among those plugged in; without it, say what to do."""
    mine = [token for token in tokens_seen if token.matches_person_id == person.person_id]
    usable = [token for token in mine if not token.problem]
    if usable:
        return TokenChoice(usable[0], "")
    if mine:
        return TokenChoice(mine[0], mine[0].problem)
    if tokens_seen:
        other = tokens_seen[0]
        why = (
            other.problem or f"Token này của {other.owner}, không phải của {person.name}. Cắm token của {person.name}."
        )
        return TokenChoice(other, why)
    return TokenChoice(None, f"Chưa thấy token. Cắm token của {person.name} vào máy.")


class TokenBanner(QFrame):
    """Green when the token matches the registered person, amber while none is there, red when it must not sign."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "banner")
        self._box = row(self, (12, 6, 12, 6), 14)
        self._shown: object = self
        self.show_choice(TokenChoice(None, "Đang tìm token…"))

    def show_choice(self, choice: TokenChoice) -> None:
        """Show a token and whether it fits."""
        if choice == self._shown:
            return
        self._shown = choice
        clear(self._box)
        token = choice.token
        tint = "amber" if token is None else "red" if choice.refusal else "green"
        set_state(self, "tint", tint)
        self.setAccessibleName(choice.refusal or f"Token của {token.owner if token else ''}, khớp người đã đăng ký")
        announce(self, self.accessibleName())
        self._box.addWidget(picture("usb" if token else "plug", tokens().tint(tint).ink, 20))
        if token is None:
            self._box.addWidget(label(choice.refusal, "strong", tint, wrap=True), 1)
            return
        self._facts(token, tint)
        if choice.refusal:
            self._box.addWidget(label(choice.refusal, "strong", tint, wrap=True), 1)
        else:
            self._box.addStretch(1)
            self._box.addWidget(Badge("Khớp người đã đăng ký", "circle-check", "green"))

    def _facts(self, token: TokenView, tint: str) -> None:
        first = column(gap=0)
        first.addWidget(label("Token đang cắm", "captionstrong", tint))
        first.addWidget(label(token.owner, "title"))
        self._box.addLayout(first)
        self._box.addWidget(rule(upright=True))
        left = f", còn {token.days_left} ngày" if token.days_left >= 0 else ", đã hết hạn"
        facts = [("Hạn chứng thư", f"{day(token.not_after)}{left}")]
        if tint != "red":
            facts = [
                ("Vai trò", token.role_title),
                ("Nơi cấp", token.issuer if len(token.issuer) <= LONGEST else token.issuer[: LONGEST - 1] + "…"),
                ("Số sê-ri", short_serial(token.certificate_serial)),
                *facts,
            ]
        for place, (name, words) in enumerate(facts):
            made = column(gap=0)
            made.addWidget(label(name, "caption"))
            value = label(words, "medium" if place == 0 and tint != "red" else "")
            value.setToolTip({"Số sê-ri": token.certificate_serial, "Nơi cấp": token.issuer}.get(name, ""))
            made.addWidget(value)
            self._box.addLayout(made)


def short_serial(serial: str) -> str:
    """Give a certificate's serial number in pairs, its middle left out: «54 01 0A 7C … 33 9E»."""
    pairs = [serial[i : i + 2].upper() for i in range(0, len(serial), 2)]
    return " ".join(pairs) if len(pairs) <= 7 else f"{' '.join(pairs[:4])} … {' '.join(pairs[-2:])}"
