"""What the unlock screen knows before anybody unlocks, and the ways in; it knows neither store nor token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Way(Protocol):
    """One person's way in; `kind` is password, recovery or token, `user` "" for a password all share."""

    @property
    def slot_id(self) -> str: ...  # noqa: D102 - see the class

    @property
    def kind(self) -> str: ...  # noqa: D102

    @property
    def user(self) -> str: ...  # noqa: D102

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def title(self) -> str: ...  # noqa: D102

    @property
    def enabled(self) -> bool: ...  # noqa: D102

    @property
    def certificate_sha256(self) -> str: ...  # noqa: D102


class Front(Protocol):
    """What stands on a locked unit's front: which unit it is and who may come in; nothing of a dossier."""

    @property
    def unit_code(self) -> str: ...  # noqa: D102 - see the class

    @property
    def unit_name(self) -> str: ...  # noqa: D102

    @property
    def unit_address(self) -> str: ...  # noqa: D102

    @property
    def treasury_name(self) -> str: ...  # noqa: D102

    @property
    def slots(self) -> Sequence[Way]: ...  # noqa: D102


class Door(Protocol):
    """One locked unit. The ways in are slow: they run on a background thread, and the first that returns opens.

    Each raises VungXaError: wrong_password, too_many_tries, keys_damaged, … with what to do next.
    """

    def front(self) -> Front | None:
        """Give the front; None for a store of an older program, whose front says nothing."""
        ...

    def by_password(self, password: str, user: str | None = None) -> None:
        """Open with a password: that of one user, or of anybody when None."""
        ...

    def by_recovery_code(self, code: str) -> None:
        """Open with the printed code; `code_mistyped` has in `group` which group to look at, 0 for no single one."""
        ...

    def by_token(self, certificates: Sequence[str], pin: str, *, final_try: bool = False) -> None:
        """Open with a plugged-in token that has one of these certificates (SHA-256). Raises the PIN errors too.

        Without `final_try` the last try of a token is never spent: it raises pin_final_try.
        """
        ...

    def new_password(self, user: str, password: str) -> None:
        """After the recovery code opened: give a user, or with "" all, a new password. Raises password_short."""
        ...

    def standing(self) -> tuple[int, int]:
        """Give how many wrong passwords are still free, and how many seconds to wait now; never raises."""
        ...
