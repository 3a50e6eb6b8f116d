"""The printed recovery code: 160 random bits as 8 groups of 4 letters and digits, and a ninth that checks them.

The check tells a slip of the pen from a code of another store, and in which group a single slip is.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterator

from desktop.store.errors import StoreError

SECRET_BYTES = 20
GROUP = 4
GROUPS = 8
_LETTERS = GROUP * GROUPS
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_ALIKE = str.maketrans({"0": "O", "1": "I", "8": "B"})
"""What is written by hand for letters of the alphabet, which has no 0, 1 or 8."""


class CodeMistyped(StoreError):
    """A slip of the pen; `group` is where, counted from 1, 0 where no single group is it."""

    def __init__(self, code: str, message: str, group: int = 0) -> None:
        super().__init__(code, message)
        self.group = group


def new_code() -> tuple[bytes, str]:
    """Give fresh random bits and the code that stands for them."""
    secret = secrets.token_bytes(SECRET_BYTES)
    return secret, code_of(secret)


def code_of(secret: bytes) -> str:
    """Give the code to print: nine groups with dashes."""
    letters = base64.b32encode(secret).decode()
    letters += _check(letters)
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def read_code(code: str) -> bytes:
    """Read a code as typed; spaces, dashes and case do not matter. A code of format 1 has no ninth group.

    Raises StoreError code_mistyped, which names the group of a single slip.
    """
    letters = "".join(char for char in code.upper() if char.isalnum()).translate(_ALIKE)
    for place, letter in enumerate(letters):
        if letter not in _ALPHABET:
            raise _mistyped(place // GROUP + 1)
    if len(letters) not in (_LETTERS, _LETTERS + GROUP):
        raise CodeMistyped(
            "code_mistyped",
            f"Mã khôi phục có {GROUPS + 1} nhóm, mỗi nhóm {GROUP} ký tự; đã gõ {len(letters)} ký tự. "
            "Xem lại bản in và gõ đủ.",
        )
    if not _holds(letters):
        raise _mistyped(_slip(letters))
    return base64.b32decode(letters[:_LETTERS])


def same_code(one: str, other: str) -> bool:
    """Tell whether two ways of typing are the same code. Raises StoreError code_mistyped."""
    return hmac.compare_digest(read_code(one), read_code(other))


def _holds(letters: str) -> bool:
    return len(letters) == _LETTERS or letters[_LETTERS:] == _check(letters[:_LETTERS])


def _check(letters: str) -> str:
    digest = hashlib.sha256(b"vungxa-recovery-code|" + letters.encode()).digest()
    return base64.b32encode(digest)[:GROUP].decode()


def _slip(letters: str) -> int:
    """Give the only group in which one letter, or two beside each other, would make it right; 0 when none is."""
    groups = {group for group, repaired in _repairs(letters) if _holds(repaired)}
    return groups.pop() if len(groups) == 1 else 0


def _repairs(letters: str) -> Iterator[tuple[int, str]]:
    for place, written in enumerate(letters):
        group = place // GROUP + 1
        for letter in _ALPHABET:
            yield group, letters[:place] + letter + letters[place + 1 :]
        after = letters[place + 1 : place + 2]
        yield group, letters[:place] + after + written + letters[place + 2 :]


def _mistyped(group: int) -> CodeMistyped:
    where = f"nhóm thứ {group}" if group else "một vài nhóm"
    return CodeMistyped("code_mistyped", f"Mã khôi phục gõ nhầm ở {where}. So lại với bản in rồi gõ lại.", group)
