"""One base for every error a person may see: a stable code for programs, a Vietnamese sentence for people."""

from __future__ import annotations


class VungXaError(Exception):
    """Lets every boundary show any expected failure the same way: `code` is snake_case, `message` Vietnamese.

    `str(error)` is the message. Neither may hold a PIN, password, key or a beneficiary's data.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type[VungXaError], tuple[str, str]]:
        return type(self), (self.code, self.message)
