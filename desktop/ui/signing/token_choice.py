"""Which of the plugged-in tokens signs for a person, and why not when none may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.dossier.people import Person
from desktop.dossier.sign_views import TokenView

SEARCHING = "Đang tìm token…"
SLOW = "Token trả lời chậm. Máy vẫn đang chờ, bạn chưa cần rút token."
DRIVER_CODES = frozenset(
    {
        "no_module",
        "module_crashed",
        "module_error",
        "module_no_functions",
        "module_unusable",
        "module_wrong_bits",
        "token_timeout",
    }
)
"""What goes wrong with a driver or its reader, for which an examination of the token helps."""


@dataclass(frozen=True)
class TokenChoice:
    """The token to show, and "" or the reason in words why nothing can be signed with it.

    `code` names the reason for machines, `others` counts the further tokens plugged in, `looking` is set until the
    first answer has come.
    """

    token: TokenView | None
    refusal: str
    code: str = ""
    others: int = 0
    looking: bool = False

    @property
    def notice(self) -> str:
        """What is worth knowing about a token that may sign, "" when there is nothing."""
        return self.token.notice if self.token is not None and not self.refusal else ""

    @property
    def driver_fault(self) -> bool:
        """Whether it is the driver or the reader that fails, not the token's certificate."""
        return self.code in DRIVER_CODES


def choose_token(seen: Sequence[TokenView], person: Person) -> TokenChoice:
    """Pick the person's token among those plugged in; without it, say what to do."""
    mine = [token for token in seen if token.matches_person_id == person.person_id]
    usable = [token for token in mine if not token.problem]
    if usable:
        return TokenChoice(usable[0], "", others=_others(seen, usable[0]))
    if mine:
        return TokenChoice(mine[0], mine[0].problem, mine[0].problem_code, _others(seen, mine[0]))
    if not seen:
        return TokenChoice(None, f"Chưa thấy token. Cắm token của {person.name} vào máy.", "no_token")
    other, count = seen[0], len({token.serial for token in seen})
    if count > 1:
        why = f"Đang cắm {count} token, chưa token nào của {person.name}. Cắm thêm token của {person.name}."
        return TokenChoice(None, why, "wrong_person", count)
    if other.matches_person_id is None and other.problem:
        return TokenChoice(other, other.problem, other.problem_code)
    why = f"Token này của {other.owner}, không phải của {person.name}. Cắm token của {person.name}."
    return TokenChoice(other, why, "wrong_person")


def _others(seen: Sequence[TokenView], chosen: TokenView) -> int:
    return len({token.serial for token in seen} - {chosen.serial})
